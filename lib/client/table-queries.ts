import { queryOptions } from '@tanstack/react-query';
import * as endpoints from '@/lib/contract/endpoints';
import { call } from './http';

/** What nodes report of a table: counters since they started, so an occasional refresh is enough. */
export const tableStatsQuery = (cluster: string, keyspace: string, table: string) =>
  queryOptions({
    queryKey: ['cluster', cluster, 'stats', keyspace, table],
    queryFn: ({ signal }) => call(endpoints.tableStats.get, { cluster, keyspace, table }, { signal }),
    refetchInterval: 30_000,
  });

export const tableDetailsQuery = (cluster: string, keyspace: string, table: string) =>
  queryOptions({
    queryKey: ['cluster', cluster, 'details', keyspace, table],
    queryFn: ({ signal }) => call(endpoints.tableDetails.get, { cluster, keyspace, table }, { signal }),
    staleTime: 10_000,
  });

/** A sample is read only on request, never automatically. */
export const sampleQuery = (cluster: string, keyspace: string, table: string) =>
  queryOptions({
    queryKey: ['sample', cluster, keyspace, table],
    queryFn: ({ signal }) => call(endpoints.sample.post, { cluster, keyspace, table, input: {} }, { signal }),
    enabled: false,
    retry: false,
  });
