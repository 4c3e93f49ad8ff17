import { queryOptions } from '@tanstack/react-query';
import { topologyResponseSchema } from '@/lib/contract/topology';
import { getJson } from './http';
import { apiPath } from './paths';

const REFRESH_MS = 10_000;

/** The nodes and who owns what, `effectiveOwnership` for `keyspace`; kept apart from what every page asks. */
export const topologyQuery = (cluster: string, keyspace?: string) =>
  queryOptions({
    queryKey: ['cluster', cluster, 'topology', keyspace ?? null],
    queryFn: ({ signal }) => getJson(topologyResponseSchema, apiPath.topology(cluster, keyspace), { signal }),
    refetchInterval: REFRESH_MS,
  });
