import { compareKind } from '@/lib/compare/compare-kind';
import * as endpoints from '@/lib/contract/endpoints';
import { publicJob } from '@/lib/http/jobs';
import { route } from '@/lib/http/route';
import { serverJobs } from '@/lib/server-jobs';

export const POST = route(endpoints.compareStart.post, async ({ cluster, input: request, principal }) =>
  publicJob(await serverJobs().create(principal, { kind: compareKind.name, cluster: cluster.name, request })),
);
