import { clusterSummaries } from '@/lib/cassandra/client/registry';
import { clustersResponseSchema } from '@/lib/contract/clusters';
import { json, route } from '@/lib/http/respond';

export { HEAD } from '@/lib/http/head';

export const GET = route(async () => json(clustersResponseSchema, { clusters: clusterSummaries() }));
