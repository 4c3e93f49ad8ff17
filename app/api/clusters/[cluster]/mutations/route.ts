import * as endpoints from '@/lib/contract/endpoints';
import { history } from '@/lib/history/history';
import { route } from '@/lib/http/route';
import { planMutations } from '@/lib/mutations/plan';

export const POST = route(endpoints.mutations.post, ({ cluster, input, principal, signal }) =>
  planMutations(cluster, input, { principal, signal, history: (holding) => history().holding(cluster.name, holding) }),
);
