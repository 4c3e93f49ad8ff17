import { readRowCopies } from '@/lib/cassandra/read/row-copies';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.rowCopies.post, ({ cluster, params: { keyspace, table }, input, signal, rights }) =>
  readRowCopies(cluster, { keyspace, table }, input, signal, rights),
);
