import * as endpoints from '@/lib/contract/endpoints';
import { actOnApproval, approvalAnswer } from '@/lib/http/approvals';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.approval.get, ({ cluster, principal, rights, params: { id } }) =>
  approvalAnswer(cluster.name, id, { principal, rights }),
);

export const POST = route(endpoints.approval.post, (context) => actOnApproval(context));
