import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { shownRuns } from '@/lib/http/shown-history';
import { planMutations } from '@/lib/mutations/plan';

export const POST = route(endpoints.mutations.post, ({ cluster, input, principal, rights, signal }) =>
  planMutations(cluster, input, { principal, rights, signal, history: shownRuns(cluster.name, principal, rights) }),
);
