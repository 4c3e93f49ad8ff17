import * as endpoints from '@/lib/contract/endpoints';
import { exportKind } from '@/lib/export/export-kind';
import { route } from '@/lib/http/route';
import { serverJobs } from '@/lib/server-jobs';

export const POST = route(endpoints.jobStart.post, ({ principal, params: { cluster }, input: request }) =>
  serverJobs().create(principal, { kind: exportKind.name, cluster, request }),
);
