import { testConnectionApart } from '@/lib/cassandra/client/connect-test-process';
import { connectTestRequestSchema, connectTestResponseSchema } from '@/lib/contract/connect';
import { json, readBody, route } from '@/lib/http/respond';

export const POST = route(async (request) => {
  const target = await readBody(connectTestRequestSchema, request);
  return json(connectTestResponseSchema, await testConnectionApart(target, request.signal));
});
