import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { readTableRepair } from '@/lib/verdict/tables';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.tableRepair.get, ({ cluster, params: { keyspace, table }, input }) =>
  readTableRepair(cluster, { keyspace, table }, input.token),
);
