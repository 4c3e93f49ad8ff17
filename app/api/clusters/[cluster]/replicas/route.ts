import { getCluster } from '@/lib/cassandra/client/registry';
import { locateKey } from '@/lib/cassandra/nodes/replicas';
import { replicasRequestSchema, replicasResponseSchema } from '@/lib/contract/topology';
import { json, readBody, route } from '@/lib/http/respond';

export const POST = route(async (request, { cluster }: { cluster: string }) => {
  const key = await readBody(replicasRequestSchema, request);
  return json(replicasResponseSchema, await locateKey(getCluster(cluster), key));
});
