import { queryOptions } from '@tanstack/react-query';
import * as endpoints from '@/lib/contract/endpoints';
import { call } from './http';

/** Query keys, options and request functions together: components read everything through these. */

const SECOND_MS = 1_000;
const FIRST_LOOKS = 5;

export const clustersQuery = () =>
  queryOptions({
    queryKey: ['clusters'],
    queryFn: ({ signal }) => call(endpoints.clusters.get, {}, { signal }),
    staleTime: 60 * SECOND_MS,
  });

export const stateQuery = () =>
  queryOptions({
    queryKey: ['state'],
    queryFn: ({ signal }) => call(endpoints.state.get, {}, { signal }),
    // Opening a page makes the server connect: check soon whether it has.
    refetchInterval: ({ state }) => (state.dataUpdateCount < FIRST_LOOKS ? SECOND_MS : 5 * SECOND_MS),
  });

export const schemaQuery = (cluster: string) =>
  queryOptions({
    queryKey: ['cluster', cluster, 'schema'],
    queryFn: ({ signal }) => call(endpoints.schema.get, { cluster }, { signal }),
    staleTime: 30 * SECOND_MS,
  });

export const sizesQuery = (cluster: string) =>
  queryOptions({
    queryKey: ['cluster', cluster, 'sizes'],
    queryFn: ({ signal }) => call(endpoints.sizes.get, { cluster }, { signal }),
    staleTime: 60 * SECOND_MS,
  });

export const describeQuery = (cluster: string, keyspace: string, table?: string) =>
  queryOptions({
    queryKey: ['cluster', cluster, 'describe', keyspace, table ?? null],
    queryFn: ({ signal }) => call(endpoints.describe.get, { cluster, input: { keyspace, table } }, { signal }),
  });
