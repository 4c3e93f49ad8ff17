import { changeKind } from '@/lib/change-many/change-kind';
import { manyReviews } from '@/lib/change-many/plan';
import * as endpoints from '@/lib/contract/endpoints';
import { publicJob } from '@/lib/http/jobs';
import { route } from '@/lib/http/route';
import { serverJobs } from '@/lib/server-jobs';

export const POST = route(endpoints.changeManyStart.post, async ({ cluster, input, principal }) => {
  const { token, confirmName } = input;
  const taking = { token, principal, cluster: cluster.name, confirmName, nowMs: Date.now() };
  const { request } = manyReviews.take(taking);
  return publicJob(await serverJobs().create(principal, { kind: changeKind.name, cluster: cluster.name, request }));
});
