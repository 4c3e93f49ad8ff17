import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { lookAgain } from '@/lib/mutations/look';
import { runOf } from '@/lib/mutations/ran';

export const POST = route(endpoints.mutationLook.post, ({ cluster, input, principal, signal }) => {
  const { token, statements } = input;
  const ran = runOf({ token, principal, cluster: cluster.name, nowMs: Date.now() });
  return lookAgain(cluster, ran, statements, signal);
});
