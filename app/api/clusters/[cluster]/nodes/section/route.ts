import { readNodeSection } from '@/lib/cassandra/nodes/node-detail';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.nodeSection.get, ({ cluster, input }) => readNodeSection(cluster, input));
