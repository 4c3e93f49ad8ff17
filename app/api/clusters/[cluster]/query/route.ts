import { getCluster } from '@/lib/cassandra/client/registry';
import { planQuery } from '@/lib/cassandra/read/query-plan';
import { openRead } from '@/lib/cassandra/read/reads';
import { queryRequestSchema } from '@/lib/contract/reads';
import { readBody, route } from '@/lib/http/respond';
import { rowStreamResponse } from '@/lib/http/row-stream';

export const POST = route(async (request, { cluster }: { cluster: string }) => {
  const plan = await planQuery(getCluster(cluster), await readBody(queryRequestSchema, request));
  const read = await openRead(plan, request.signal);
  return rowStreamResponse(read, read.waitsFor, request.signal);
});
