import { queryOptions } from '@tanstack/react-query';
import type { FindLine, FindRequest } from '@/lib/contract/tables';
import { interval } from './health';
import { ApiFailure, call } from './http';
import { CUT_OFF, readLines } from './lines';
import type { TablePlace } from './place';
import { clusterKey } from './queries';

/** All tables, what hurts most first. The server asks the nodes no more often than their budget allows. */
export const tablesQuery = (cluster: string) =>
  queryOptions({
    queryKey: [...clusterKey(cluster), 'tables'],
    queryFn: ({ signal }) => call((to) => to.tables.get, { cluster }, { signal }),
    refetchInterval: ({ state }) => interval(state.dataUpdateCount, state.data?.pace),
  });

/** One of them, on each node. */
export const tableNodesQuery = ({ cluster, keyspace, table }: TablePlace) =>
  queryOptions({
    queryKey: [...clusterKey(cluster), 'table-nodes', keyspace, table],
    queryFn: ({ signal }) => call((to) => to.tableNodes.get, { cluster, keyspace, table }, { signal }),
    refetchInterval: ({ state }) => interval(state.dataUpdateCount, undefined),
  });

/**
 * Searches a table within a budget: what is found so far, then exactly one `end` or `error`.
 * @throws ApiFailure when it is refused or cut off before its last line; an aborted `signal` throws its reason and stops
 * the search on the server
 */
export async function* findInTable(
  { cluster, keyspace, table }: TablePlace,
  input: FindRequest,
  signal: AbortSignal,
): AsyncGenerator<FindLine, void, undefined> {
  for await (const line of readLines((to) => to.find.post, { cluster, keyspace, table, input }, signal)) {
    yield line;
    if (!('progress' in line)) return;
  }
  throw new ApiFailure(CUT_OFF, 0);
}

/** When it was last repaired; at a token, where one is given. */
export const tableRepairQuery = ({ cluster, keyspace, table }: TablePlace, token?: string) =>
  queryOptions({
    queryKey: [...clusterKey(cluster), 'table-repair', keyspace, table, token ?? null],
    queryFn: ({ signal }) =>
      call((to) => to.tableRepair.get, { cluster, keyspace, table, input: { token } }, { signal }),
    staleTime: 60_000,
    retry: false,
  });
