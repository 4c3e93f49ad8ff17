import { readTableDetails } from '@/lib/cassandra/schema/table-details';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.tableDetails.get, ({ cluster, params: { keyspace, table } }) =>
  readTableDetails(cluster, { keyspace, table }),
);
