import type { ClusterHealth, StateResponse } from '@/lib/contract/clusters';
import type { ApiError } from '@/lib/contract/errors';

/** The state of this page's connection to its cluster. */
export type Connection =
  /** Nothing is known yet. */
  | { state: 'unknown' }
  | { state: 'connecting' }
  | { state: 'connected'; health: ClusterHealth }
  /** Ringside's server does not answer. */
  | { state: 'server-lost'; message: string }
  /** Ringside answers, the cluster does not. */
  | { state: 'cluster-lost'; error: ApiError | undefined };

/** What the last health request and its answer mean for `cluster`. A failed request outweighs an older answer. */
export function connectionOf(cluster: string, answer: StateResponse | undefined, failure: Error | null): Connection {
  if (failure !== null) return { state: 'server-lost', message: failure.message };
  const health = answer?.clusters.find(({ name }) => name === cluster);
  if (health === undefined) return { state: 'unknown' };
  switch (health.status) {
    case 'connected':
      return { state: 'connected', health };
    case 'idle':
    case 'connecting':
      return { state: 'connecting' };
    case 'unreachable':
      return { state: 'cluster-lost', error: health.error };
    default:
      return health.status satisfies never;
  }
}

export function isLost(connection: Connection): boolean {
  return connection.state === 'server-lost' || connection.state === 'cluster-lost';
}
