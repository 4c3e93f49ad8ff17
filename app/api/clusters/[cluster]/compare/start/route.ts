import { compareKind } from '@/lib/compare/compare-kind';
import * as endpoints from '@/lib/contract/endpoints';
import { startJob } from '@/lib/http/jobs';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.compareStart.post, async ({ cluster, input: request, principal, rights }) =>
  startJob({ principal, rights }, { kind: compareKind.name, cluster: cluster.name, request }),
);
