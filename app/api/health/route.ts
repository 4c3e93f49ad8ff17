import { healthResponseSchema } from '@/lib/contract/clusters';
import { json, route } from '@/lib/http/respond';

export { HEAD } from '@/lib/http/head';

/** Whether this server is alive, for whoever asks: how its clusters are is at /api/state. */
export const GET = route(async () => json(healthResponseSchema, { status: 'alive' }));
