import { describe } from '@/lib/cassandra/schema/describe';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.describe.get, ({ cluster, input: { keyspace, table } }) =>
  describe(cluster, keyspace, table),
);
