import { clusterSummaries } from '@/lib/cassandra/client/registry';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.clusters.get, () => ({ clusters: clusterSummaries() }));
