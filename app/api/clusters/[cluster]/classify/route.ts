import { getCluster } from '@/lib/cassandra/client/registry';
import { classifyStatement } from '@/lib/cassandra/read/query-plan';
import { classifyRequestSchema, classifyResponseSchema } from '@/lib/contract/statements';
import { json, readBody, route } from '@/lib/http/respond';

export const POST = route(async (request, { cluster }: { cluster: string }) => {
  const { statement, keyspace } = await readBody(classifyRequestSchema, request);
  return json(classifyResponseSchema, await classifyStatement(getCluster(cluster), statement, keyspace));
});
