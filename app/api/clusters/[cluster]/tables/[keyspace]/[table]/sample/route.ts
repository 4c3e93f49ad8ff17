import { readSample } from '@/lib/cassandra/read/sample';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export const POST = route(endpoints.sample.post, ({ cluster, params: { keyspace, table }, input, signal, rights }) =>
  readSample(cluster, { keyspace, table }, input, signal, rights),
);
