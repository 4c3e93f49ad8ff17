import * as endpoints from '@/lib/contract/endpoints';
import { publicJob } from '@/lib/http/jobs';
import { serverUploads } from '@/lib/http/loads';
import { route } from '@/lib/http/route';
import { loadKind } from '@/lib/load/load-kind';
import { loadReviews } from '@/lib/load/plan';
import { serverJobs } from '@/lib/server-jobs';

export const POST = route(endpoints.loadStart.post, async ({ cluster, input, principal }) => {
  const { token, confirmName } = input;
  const taking = { token, principal, cluster: cluster.name, confirmName, nowMs: Date.now() };
  const { request } = loadReviews.take(taking);
  if (request.input.from === 'upload') await serverUploads().keepForJob(principal, request.input.id);
  return publicJob(await serverJobs().create(principal, { kind: loadKind.name, cluster: cluster.name, request }));
});
