import * as endpoints from '@/lib/contract/endpoints';
import { startJob } from '@/lib/http/jobs';
import { route } from '@/lib/http/route';
import { checkNamed, sparkKind, workOf } from '@/lib/spark/spark-kind';

export const POST = route(endpoints.sparkStart.post, async ({ cluster, input, principal, rights }) => {
  const { request, confirmName } = input;
  checkNamed(request, confirmName);
  const work = await workOf(cluster, request, false);
  return startJob({ principal, rights }, { kind: sparkKind.name, cluster: cluster.name, request: work });
});
