import * as endpoints from '@/lib/contract/endpoints';
import { startJob } from '@/lib/http/jobs';
import { serverUploads } from '@/lib/http/loads';
import { route } from '@/lib/http/route';
import { loadKind } from '@/lib/load/load-kind';
import { loadReviews } from '@/lib/load/plan';

export const POST = route(endpoints.loadStart.post, async ({ cluster, input, principal, rights }) => {
  const { token, confirmName } = input;
  const taking = { token, principal, cluster: cluster.name, confirmName, nowMs: Date.now() };
  const { request } = loadReviews.take(taking);
  if (request.input.from === 'upload') await serverUploads().keepForJob(principal, request.input.id);
  return startJob({ principal, rights }, { kind: loadKind.name, cluster: cluster.name, request });
});
