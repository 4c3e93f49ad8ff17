import { readClusterFacts } from '@/lib/cassandra/nodes/cluster-facts';
import * as endpoints from '@/lib/contract/endpoints';
import { nodeRowsOf } from '@/lib/health/node-rows';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.nodes.get, async ({ cluster }) => nodeRowsOf(await readClusterFacts(cluster)));
