import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

/** Whether this server is alive, for anyone; the state of its clusters is at /api/state. */
export const GET = route(endpoints.health.get, () => ({ status: 'alive' as const }));
