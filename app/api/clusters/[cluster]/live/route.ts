import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { livePoll } from '@/lib/monitor/monitor';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.live.get, ({ cluster, input }) => livePoll(cluster).look(input));
