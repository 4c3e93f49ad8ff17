import * as endpoints from '@/lib/contract/endpoints';
import { copyKind } from '@/lib/copy/copy-kind';
import { copyReviews } from '@/lib/copy/plan';
import { startJob } from '@/lib/http/jobs';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.copyStart.post, async ({ cluster, input, principal, rights }) => {
  const { token, confirmName } = input;
  const taking = { token, principal, cluster: cluster.name, confirmName, nowMs: Date.now() };
  const { work: request } = copyReviews.take(taking);
  return startJob({ principal, rights }, { kind: copyKind.name, cluster: cluster.name, request });
});
