import { changeKind } from '@/lib/change-many/change-kind';
import { manyReviews } from '@/lib/change-many/plan';
import * as endpoints from '@/lib/contract/endpoints';
import { startJob } from '@/lib/http/jobs';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.changeManyStart.post, async ({ cluster, input, principal, rights }) => {
  const { token, confirmName } = input;
  const taking = { token, principal, cluster: cluster.name, confirmName, nowMs: Date.now() };
  const { request } = manyReviews.take(taking);
  return startJob({ principal, rights }, { kind: changeKind.name, cluster: cluster.name, request });
});
