import * as endpoints from '@/lib/contract/endpoints';
import { publicJob } from '@/lib/http/jobs';
import { route } from '@/lib/http/route';
import { serverJobs } from '@/lib/server-jobs';
import { checkNamed, sparkKind, workOf } from '@/lib/spark/spark-kind';

export const POST = route(endpoints.sparkStart.post, async ({ cluster, input, principal }) => {
  const { request, confirmName } = input;
  checkNamed(request, confirmName);
  const work = await workOf(cluster, request, false);
  return publicJob(
    await serverJobs().create(principal, { kind: sparkKind.name, cluster: cluster.name, request: work }),
  );
});
