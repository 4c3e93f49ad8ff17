import { queryOptions } from '@tanstack/react-query';
import { clustersResponseSchema, stateResponseSchema } from '@/lib/contract/clusters';
import { describeResponseSchema, schemaResponseSchema, sizesResponseSchema } from '@/lib/contract/schema';
import { getJson } from './http';
import { apiPath } from './paths';

/** Query keys, options and request functions together: what a component reads, it reads through one of these. */

const SECOND_MS = 1_000;
const FIRST_LOOKS = 5;

export const clustersQuery = () =>
  queryOptions({
    queryKey: ['clusters'],
    queryFn: ({ signal }) => getJson(clustersResponseSchema, apiPath.clusters, { signal }),
    staleTime: 60 * SECOND_MS,
  });

export const stateQuery = () =>
  queryOptions({
    queryKey: ['state'],
    queryFn: ({ signal }) => getJson(stateResponseSchema, apiPath.state, { signal }),
    // A page that has just been opened is what makes the server connect: look soon whether it has.
    refetchInterval: ({ state }) => (state.dataUpdateCount < FIRST_LOOKS ? SECOND_MS : 5 * SECOND_MS),
  });

export const schemaQuery = (cluster: string) =>
  queryOptions({
    queryKey: ['cluster', cluster, 'schema'],
    queryFn: ({ signal }) => getJson(schemaResponseSchema, apiPath.schema(cluster), { signal }),
    staleTime: 30 * SECOND_MS,
  });

export const sizesQuery = (cluster: string) =>
  queryOptions({
    queryKey: ['cluster', cluster, 'sizes'],
    queryFn: ({ signal }) => getJson(sizesResponseSchema, apiPath.sizes(cluster), { signal }),
    staleTime: 60 * SECOND_MS,
  });

export const describeQuery = (cluster: string, keyspace: string, table?: string) =>
  queryOptions({
    queryKey: ['cluster', cluster, 'describe', keyspace, table ?? null],
    queryFn: ({ signal }) => getJson(describeResponseSchema, apiPath.describe(cluster, keyspace, table), { signal }),
  });
