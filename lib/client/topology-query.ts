import { queryOptions } from '@tanstack/react-query';
import * as endpoints from '@/lib/contract/endpoints';
import { call } from './http';

const REFRESH_MS = 10_000;

/** The nodes and what each owns, `effectiveOwnership` for `keyspace`; apart from what every page queries. */
export const topologyQuery = (cluster: string, keyspace?: string) =>
  queryOptions({
    queryKey: ['cluster', cluster, 'topology', keyspace ?? null],
    queryFn: ({ signal }) => call(endpoints.topology.get, { cluster, input: { keyspace } }, { signal }),
    refetchInterval: REFRESH_MS,
  });
