import * as endpoints from '@/lib/contract/endpoints';
import { takePass } from '@/lib/http/approvals';
import { route } from '@/lib/http/route';
import { serverApprovals } from '@/lib/server-approvals';

export const POST = route(endpoints.pass.post, ({ cluster, principal, input }) =>
  takePass(cluster.name, principal, input),
);

export const DELETE = route(endpoints.pass.delete, async ({ cluster, principal }) => {
  await serverApprovals().passes.end(principal, cluster.name);
  return new Response(null, { status: 204 });
});
