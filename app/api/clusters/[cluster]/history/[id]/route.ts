import * as endpoints from '@/lib/contract/endpoints';
import { Failure } from '@/lib/failure';
import { history } from '@/lib/history/history';
import { route } from '@/lib/http/route';
import { shownTo } from '@/lib/http/shown-history';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.historyEntry.get, async ({ cluster, principal, rights, params: { id } }) => {
  const entry = await history().find(cluster.name, id);
  if (entry !== null && shownTo(cluster.name, principal, rights)(entry)) return entry;
  throw new Failure({
    code: 'not_found',
    message: 'This entry is no longer in the history.',
    hint: 'The history keeps the latest 8 to 16 MiB of each cluster.',
    retryable: false,
  });
});
