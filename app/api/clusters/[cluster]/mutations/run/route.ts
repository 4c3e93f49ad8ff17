import * as endpoints from '@/lib/contract/endpoints';
import { keepStatement } from '@/lib/http/audit';
import { linesResponse } from '@/lib/http/lines';
import { route } from '@/lib/http/route';
import { keepRun } from '@/lib/mutations/ran';
import { takePlan } from '@/lib/mutations/reviewed';
import { openMutations } from '@/lib/mutations/run';
import { checkOrder } from '@/lib/server-rights';

export const POST = route(endpoints.mutationRun.post, async ({ cluster, input, principal, rights, signal }) => {
  const { token, confirmName } = input;
  const planned = takePlan({ token, principal, cluster: cluster.name, confirmName, nowMs: Date.now() });
  const { keyspace, table } = planned.table;
  await checkOrder({ kind: 'change', cluster: cluster.name, request: { keyspace, table } }, rights);
  const left = new AbortController();
  const ran = keepRun(token, planned, principal, Date.now());
  const lines = await openMutations(cluster, planned, {
    principal,
    rights,
    signal: AbortSignal.any([signal, left.signal]),
    keep: (entry) => keepStatement(cluster.name, entry),
    ran,
  });
  return linesResponse(
    lines,
    (reason) => left.abort(reason),
    () => ran.stop.abort(),
  );
});
