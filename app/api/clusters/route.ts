import { clusterSummaries } from '@/lib/cassandra/client/registry';
import * as endpoints from '@/lib/contract/endpoints';
import { route } from '@/lib/http/route';
import { shownClusters } from '@/lib/rights/visible';

export { HEAD } from '@/lib/http/head';

export const GET = route(endpoints.clusters.get, ({ rights }) => ({
  clusters: shownClusters(clusterSummaries(), rights),
}));
