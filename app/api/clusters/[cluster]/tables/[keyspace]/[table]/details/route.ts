import { getCluster } from '@/lib/cassandra/client/registry';
import { readTableDetails } from '@/lib/cassandra/schema/table-details';
import { tableDetailsResponseSchema } from '@/lib/contract/stats';
import { json, route } from '@/lib/http/respond';

export { HEAD } from '@/lib/http/head';

type Params = { cluster: string; keyspace: string; table: string };

export const GET = route(async (_request, { cluster, ...name }: Params) =>
  json(tableDetailsResponseSchema, await readTableDetails(getCluster(cluster), name)),
);
