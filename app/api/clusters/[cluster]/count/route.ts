import { getCluster } from '@/lib/cassandra/client/registry';
import { countRequestSchema } from '@/lib/contract/reads';
import { countResponse } from '@/lib/http/count';
import { readBody, route } from '@/lib/http/respond';

type Params = { cluster: string };

export const POST = route(async (request, { cluster }: Params) => {
  const asked = await readBody(countRequestSchema, request);
  return countResponse(getCluster(cluster), asked, request.signal);
});
