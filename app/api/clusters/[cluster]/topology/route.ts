import { getCluster } from '@/lib/cassandra/client/registry';
import { readTopology } from '@/lib/cassandra/nodes/topology';
import { topologyResponseSchema } from '@/lib/contract/topology';
import { json, route } from '@/lib/http/respond';

export { HEAD } from '@/lib/http/head';

export const GET = route(async (request, { cluster }: { cluster: string }) => {
  const keyspace = new URL(request.url).searchParams.get('keyspace') ?? undefined;
  return json(topologyResponseSchema, await readTopology(getCluster(cluster), keyspace));
});
