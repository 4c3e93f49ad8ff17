import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from './http';
import { clusterKey } from './queries';

/** What a statement is and costs, judged by the current schema; the last answer stays until the next one arrives. */
export const classifyQuery = (cluster: string, statement: string, keyspace: string | null) =>
  queryOptions({
    queryKey: [...clusterKey(cluster), 'classify', keyspace, statement],
    queryFn: ({ signal }) => {
      const input = { statement, ...(keyspace === null ? {} : { keyspace }) };
      return call((to) => to.classify.post, { cluster, input }, { signal });
    },
    enabled: statement.trim() !== '',
    staleTime: 30_000,
    placeholderData: keepPreviousData,
  });
