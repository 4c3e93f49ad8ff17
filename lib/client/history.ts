import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import type { HistoryEntry, HistoryRequest, ListedEntry } from '@/lib/contract/history';
import { call } from './http';
import { clusterKey } from './queries';

const historyKey = (cluster: string) => [...clusterKey(cluster), 'history'] as const;

/** What was run on a cluster, newest first, part by part. */
export const historyQuery = (cluster: string, request: HistoryRequest) =>
  infiniteQueryOptions({
    queryKey: [...historyKey(cluster), request],
    queryFn: ({ signal, pageParam }) => {
      const input = { ...request, ...(pageParam === '' ? {} : { before: pageParam }) };
      return call((to) => to.historyList.get, { cluster, input }, { signal });
    },
    initialPageParam: '',
    getNextPageParam: ({ entries, hasMore }) => (hasMore ? entries.at(-1)?.id : undefined),
    staleTime: 0,
  });

/** The last runs of exactly one statement, newest first. */
export const lastRunsQuery = (cluster: string, statement: string, keyspace: string | null) =>
  queryOptions({
    queryKey: [...historyKey(cluster), 'of', keyspace, statement],
    queryFn: ({ signal }) => call((to) => to.historyList.post, { cluster, input: { statement, keyspace } }, { signal }),
    staleTime: 0,
  });

/** A statement has ended. */
export function reloadHistory(client: QueryClient, cluster: string): void {
  void client.invalidateQueries({ queryKey: historyKey(cluster) });
}

/** The whole statement of an entry; a list has only the beginning of a long one. */
export async function wholeStatement(cluster: string, entry: ListedEntry): Promise<string> {
  if (entry.characters === entry.statement.length) return entry.statement;
  const { statement }: HistoryEntry = await call((to) => to.historyEntry.get, { cluster, id: entry.id });
  return statement;
}
