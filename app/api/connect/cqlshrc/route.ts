import { readCqlshrc } from '@/lib/cassandra/client/cqlshrc';
import { cqlshrcRequestSchema, cqlshrcResponseSchema } from '@/lib/contract/connect';
import { json, readBody, route } from '@/lib/http/respond';

export const POST = route(async (request) => {
  const { text } = await readBody(cqlshrcRequestSchema, request);
  return json(cqlshrcResponseSchema, readCqlshrc(text));
});
