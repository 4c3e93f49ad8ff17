import { queryOptions } from '@tanstack/react-query';
import { call } from './http';

/** Query keys, options and request functions together: components read everything through these. */

const SECOND_MS = 1_000;
const FIRST_LOOKS = 5;

/** How the keys of all that is read of a cluster begin, to have all of it reloaded. */
export const clusterKey = (cluster: string) => ['cluster', cluster] as const;

export const clustersQuery = () =>
  queryOptions({
    queryKey: ['clusters'],
    queryFn: ({ signal }) => call((to) => to.clusters.get, {}, { signal }),
    staleTime: 60 * SECOND_MS,
  });

export const stateQuery = () =>
  queryOptions({
    queryKey: ['state'],
    queryFn: ({ signal }) => call((to) => to.state.get, {}, { signal }),
    // Opening a page makes the server connect: check soon whether it has.
    refetchInterval: ({ state }) => (state.dataUpdateCount < FIRST_LOOKS ? SECOND_MS : 5 * SECOND_MS),
  });

export const schemaQuery = (cluster: string) =>
  queryOptions({
    queryKey: [...clusterKey(cluster), 'schema'],
    queryFn: ({ signal }) => call((to) => to.schema.get, { cluster }, { signal }),
    staleTime: 30 * SECOND_MS,
  });

export const sizesQuery = (cluster: string) =>
  queryOptions({
    queryKey: [...clusterKey(cluster), 'sizes'],
    queryFn: ({ signal }) => call((to) => to.sizes.get, { cluster }, { signal }),
    staleTime: 60 * SECOND_MS,
  });

export const describeQuery = (cluster: string, keyspace: string, table?: string) =>
  queryOptions({
    queryKey: [...clusterKey(cluster), 'describe', keyspace, table ?? null],
    queryFn: ({ signal }) => call((to) => to.describe.get, { cluster, input: { keyspace, table } }, { signal }),
  });
