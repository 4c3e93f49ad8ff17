import * as endpoints from '@/lib/contract/endpoints';
import { history } from '@/lib/history/history';
import { route } from '@/lib/http/route';
import { shownTo } from '@/lib/http/shown-history';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.historyList.get, ({ cluster, input, principal, rights }) =>
  history().list(cluster.name, input, shownTo(cluster.name, principal, rights)),
);

export const POST = route(endpoints.historyList.post, ({ cluster, input, principal, rights }) =>
  history().lastRuns(cluster.name, input, shownTo(cluster.name, principal, rights)),
);
