import { jobSchema } from '@/lib/contract/jobs';
import { ANONYMOUS } from '@/lib/contract/principal';
import { exportRequestSchema } from '@/lib/contract/reads';
import { exportKind } from '@/lib/export/export-kind';
import { json, readBody, route } from '@/lib/http/respond';
import { serverJobs } from '@/lib/server-jobs';

type Params = { cluster: string };

export const POST = route(async (request, { cluster }: Params) => {
  const asked = await readBody(exportRequestSchema, request);
  return json(jobSchema, await serverJobs().create(ANONYMOUS, { kind: exportKind.name, cluster, request: asked }), 201);
});
