import { queryOptions } from '@tanstack/react-query';
import type { JsonValue } from '@/lib/contract/json';
import { call } from './http';
import { clusterKey } from './queries';

const REFRESH_MS = 10_000;
/** A heartbeat must be read twice before gossip says anything. */
const FIRST_REFRESH_MS = 2_000;
const FIRST_LOOKS = 3;
const REPLICAS_REFRESH_MS = 30_000;

/** The nodes and what each owns, `effectiveOwnership` for `keyspace`; apart from what every page queries. */
export const topologyQuery = (cluster: string, keyspace?: string) =>
  queryOptions({
    queryKey: [...clusterKey(cluster), 'topology', keyspace ?? null],
    queryFn: ({ signal }) => call((to) => to.topology.get, { cluster, input: { keyspace } }, { signal }),
    refetchInterval: ({ state }) => (state.dataUpdateCount < FIRST_LOOKS ? FIRST_REFRESH_MS : REFRESH_MS),
  });

export interface PlacedKey {
  readonly keyspace: string;
  readonly table: string;
  /** By partition key column, in its JSON form. */
  readonly key: Readonly<Record<string, JsonValue>>;
}

/** Where a key lives now; refreshed while it is shown, because rings change. */
export const replicasQuery = (cluster: string, place: PlacedKey) =>
  queryOptions({
    queryKey: [...clusterKey(cluster), 'replicas', place],
    queryFn: ({ signal }) => call((to) => to.replicas.post, { cluster, input: place }, { signal }),
    refetchInterval: REPLICAS_REFRESH_MS,
  });
