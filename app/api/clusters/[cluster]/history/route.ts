import * as endpoints from '@/lib/contract/endpoints';
import { history } from '@/lib/history/history';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.historyList.get, ({ cluster, input }) => history().list(cluster.name, input));

export const POST = route(endpoints.historyList.post, ({ cluster, input }) => history().lastRuns(cluster.name, input));
