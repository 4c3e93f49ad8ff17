import { getCluster } from '@/lib/cassandra/client/registry';
import { readTableStats } from '@/lib/cassandra/schema/stats';
import { tableStatsResponseSchema } from '@/lib/contract/stats';
import { json, route } from '@/lib/http/respond';

export { HEAD } from '@/lib/http/head';

type Params = { cluster: string; keyspace: string; table: string };

export const GET = route(async (_request, { cluster, ...name }: Params) =>
  json(tableStatsResponseSchema, await readTableStats(getCluster(cluster), name)),
);
