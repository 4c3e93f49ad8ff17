import { clusterSummaries } from '@/lib/cassandra/registry';
import { clustersResponseSchema } from '@/lib/contract/clusters';
import { json, route } from '@/lib/http/respond';

export const GET = route(async () => json(clustersResponseSchema, { clusters: clusterSummaries() }));
