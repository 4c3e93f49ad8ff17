import { readTableStats } from '@/lib/cassandra/schema/stats';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.tableStats.get, ({ cluster, params: { keyspace, table } }) =>
  readTableStats(cluster, { keyspace, table }),
);
