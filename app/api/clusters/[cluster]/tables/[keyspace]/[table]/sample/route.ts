import { getCluster } from '@/lib/cassandra/client/registry';
import { readSample } from '@/lib/cassandra/read/sample';
import { sampleRequestSchema, sampleResponseSchema } from '@/lib/contract/stats';
import { json, readBody, route } from '@/lib/http/respond';

type Params = { cluster: string; keyspace: string; table: string };

export const POST = route(async (request, { cluster, ...name }: Params) => {
  const sample = await readBody(sampleRequestSchema, request);
  return json(sampleResponseSchema, await readSample(getCluster(cluster), name, sample, request.signal));
});
