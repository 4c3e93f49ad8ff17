import * as endpoints from '@/lib/contract/endpoints';
import { approvalsResponse, askForApproval } from '@/lib/http/approvals';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.approvals.get, ({ cluster, principal, rights }) =>
  approvalsResponse(cluster.name, { principal, rights }),
);

export const POST = route(endpoints.approvals.post, (context) => askForApproval(context));
