import { queryOptions } from '@tanstack/react-query';
import { postJson } from '@/lib/client/http';
import { apiPath } from '@/lib/client/paths';
import type { JsonValue } from '@/lib/contract/json';
import { replicasResponseSchema } from '@/lib/contract/topology';

export interface PlacedKey {
  readonly keyspace: string;
  readonly table: string;
  /** By partition key column, in its JSON form. */
  readonly key: Readonly<Record<string, JsonValue>>;
}

/** Where a key lives now; asked anew while it is shown, because rings change. */
export const replicasQuery = (cluster: string, place: PlacedKey) =>
  queryOptions({
    queryKey: ['cluster', cluster, 'replicas', place],
    queryFn: ({ signal }) => postJson(replicasResponseSchema, apiPath.replicas(cluster), place, { signal }),
    refetchInterval: 30_000,
  });
