import { getCluster } from '@/lib/cassandra/client/registry';
import { jobSchema } from '@/lib/contract/jobs';
import { exportRequestSchema } from '@/lib/contract/reads';
import { exportJobs } from '@/lib/export/jobs';
import { json, readBody, route } from '@/lib/http/respond';

type Params = { cluster: string };

export const POST = route(async (request, { cluster }: Params) => {
  const asked = await readBody(exportRequestSchema, request);
  return json(jobSchema, await exportJobs().create(getCluster(cluster), asked), 201);
});
