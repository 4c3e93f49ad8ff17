import { getCluster } from '@/lib/cassandra/client/registry';
import { readRowCopies } from '@/lib/cassandra/read/row-copies';
import { rowCopiesRequestSchema, rowCopiesResponseSchema } from '@/lib/contract/row-copies';
import { json, readBody, route } from '@/lib/http/respond';

type Params = { cluster: string; keyspace: string; table: string };

export const POST = route(async (request, { cluster, keyspace, table }: Params) => {
  const row = await readBody(rowCopiesRequestSchema, request);
  return json(
    rowCopiesResponseSchema,
    await readRowCopies(getCluster(cluster), { keyspace, table }, row, request.signal),
  );
});
