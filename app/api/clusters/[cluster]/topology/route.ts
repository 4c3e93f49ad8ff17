import { readTopology } from '@/lib/cassandra/nodes/topology';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.topology.get, ({ cluster, input: { keyspace } }) => readTopology(cluster, keyspace));
