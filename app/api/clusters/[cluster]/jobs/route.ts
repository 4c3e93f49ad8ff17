import * as endpoints from '@/lib/contract/endpoints';
import { exportKind } from '@/lib/export/export-kind';
import { startJob } from '@/lib/http/jobs';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.jobStart.post, ({ principal, rights, params: { cluster }, input: request }) =>
  startJob({ principal, rights }, { kind: exportKind.name, cluster, request }),
);
