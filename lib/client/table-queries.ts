import { queryOptions } from '@tanstack/react-query';
import type { JsonValue } from '@/lib/contract/json';
import { call } from './http';
import { clusterKey } from './queries';

interface TablePlace {
  readonly cluster: string;
  readonly keyspace: string;
  readonly table: string;
}

/** What nodes report of a table: counters since they started, so an occasional refresh is enough. */
export const tableStatsQuery = (cluster: string, keyspace: string, table: string) =>
  queryOptions({
    queryKey: [...clusterKey(cluster), 'stats', keyspace, table],
    queryFn: ({ signal }) => call((to) => to.tableStats.get, { cluster, keyspace, table }, { signal }),
    refetchInterval: 30_000,
  });

export const tableDetailsQuery = (cluster: string, keyspace: string, table: string) =>
  queryOptions({
    queryKey: [...clusterKey(cluster), 'details', keyspace, table],
    queryFn: ({ signal }) => call((to) => to.tableDetails.get, { cluster, keyspace, table }, { signal }),
    staleTime: 10_000,
  });

/** A sample is read only on request, never automatically. */
export const sampleQuery = (cluster: string, keyspace: string, table: string) =>
  queryOptions({
    queryKey: ['sample', cluster, keyspace, table],
    queryFn: ({ signal }) => call((to) => to.sample.post, { cluster, keyspace, table, input: {} }, { signal }),
    enabled: false,
    retry: false,
  });

/** A row as each of its replicas has it. Read when asked for, never by itself: it bothers every replica. */
export const rowCopiesQuery = ({ cluster, keyspace, table }: TablePlace, key: Readonly<Record<string, JsonValue>>) =>
  queryOptions({
    queryKey: ['row-copies', cluster, keyspace, table, key],
    queryFn: ({ signal }) => call((to) => to.rowCopies.post, { cluster, keyspace, table, input: { key } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
