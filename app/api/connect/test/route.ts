import { testConnection } from '@/lib/cassandra/connect-test';
import { connectTestRequestSchema, connectTestResponseSchema } from '@/lib/contract/connect';
import { json, readBody, route } from '@/lib/http/respond';

export const POST = route(async (request) => {
  const target = await readBody(connectTestRequestSchema, request);
  return json(connectTestResponseSchema, await testConnection(target));
});
