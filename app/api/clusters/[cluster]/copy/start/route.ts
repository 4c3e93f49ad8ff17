import * as endpoints from '@/lib/contract/endpoints';
import { copyKind } from '@/lib/copy/copy-kind';
import { copyReviews } from '@/lib/copy/plan';
import { publicJob } from '@/lib/http/jobs';
import { route } from '@/lib/http/route';
import { serverJobs } from '@/lib/server-jobs';

export const POST = route(endpoints.copyStart.post, async ({ cluster, input, principal }) => {
  const { token, confirmName } = input;
  const taking = { token, principal, cluster: cluster.name, confirmName, nowMs: Date.now() };
  const { work: request } = copyReviews.take(taking);
  return publicJob(await serverJobs().create(principal, { kind: copyKind.name, cluster: cluster.name, request }));
});
