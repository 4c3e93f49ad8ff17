import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { runOf } from '@/lib/mutations/ran';

export const POST = route(endpoints.mutationStop.post, ({ cluster, input, principal }) => {
  const { stop, end } = runOf({ ...input, principal, cluster: cluster.name, nowMs: Date.now() });
  stop.abort();
  return { stopping: end === undefined };
});
