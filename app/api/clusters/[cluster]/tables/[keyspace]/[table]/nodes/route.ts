import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { readTableNodes } from '@/lib/verdict/tables';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.tableNodes.get, ({ cluster, params: { keyspace, table } }) =>
  readTableNodes(cluster, { keyspace, table }),
);
