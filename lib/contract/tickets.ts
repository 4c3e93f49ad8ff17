import * as z from 'zod/mini';

/** The response of `POST /api/tickets` (server/): a token that lets one link of this server's own page pass, for a minute. */
export const ticketSchema = z.object({ ticket: z.string() });
