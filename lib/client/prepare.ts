import { queryOptions } from '@tanstack/react-query';
import { call } from './http';
import { clusterKey } from './queries';

/** The bind markers of a statement, by what the server answers when it prepares it. */
export const prepareQuery = (cluster: string, statement: string, keyspace: string | null) =>
  queryOptions({
    queryKey: [...clusterKey(cluster), 'prepare', keyspace, statement],
    queryFn: ({ signal }) => {
      const input = { statement, ...(keyspace === null ? {} : { keyspace }) };
      return call((to) => to.prepare.post, { cluster, input }, { signal });
    },
    staleTime: 30_000,
  });
