import * as z from 'zod/mini';

/** An emergency pass: until its end the changes of its person do not wait for a second one. */
export const passSchema = z.object({
  cluster: z.string(),
  person: z.string(),
  isOwn: z.boolean(),
  reason: z.string(),
  since: z.string(),
  until: z.string(),
});
export type Pass = z.infer<typeof passSchema>;
