import { queryOptions } from '@tanstack/react-query';
import { call } from '@/lib/client/http';
import * as endpoints from '@/lib/contract/endpoints';
import type { JsonValue } from '@/lib/contract/json';

export interface PlacedKey {
  readonly keyspace: string;
  readonly table: string;
  /** By partition key column, in its JSON form. */
  readonly key: Readonly<Record<string, JsonValue>>;
}

/** Where a key lives now; refreshed while it is shown, because rings change. */
export const replicasQuery = (cluster: string, place: PlacedKey) =>
  queryOptions({
    queryKey: ['cluster', cluster, 'replicas', place],
    queryFn: ({ signal }) => call(endpoints.replicas.post, { cluster, input: place }, { signal }),
    refetchInterval: 30_000,
  });
