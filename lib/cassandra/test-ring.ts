import { type Client, policies, types } from 'cassandra-driver';
import { AgreeingClient } from '@/scripts/support/agreeing-client.mjs';

/** The real Cassandra used by the integration tests. */

/** `host:port` of each node of the ring. */
export const NODES = (process.env.RINGSIDE_TEST_NODES ?? '127.0.0.1:9042').split(',');

/**
 * A client independent of Ringside, to set up tests and read the expected rows. It uses consistency ALL, so that its
 * writes are visible on every replica.
 */
export function plainClient(): Client {
  return new AgreeingClient({
    contactPoints: [...NODES],
    policies: { loadBalancing: new policies.loadBalancing.RoundRobinPolicy() },
    queryOptions: { consistency: types.consistencies.all },
    encoding: { useBigIntAsLong: true, useUndefinedAsUnset: true },
    pooling: { warmup: false },
    // The driver's copy of the schema breaks on some names that tests use.
    isMetadataSyncEnabled: false,
  });
}
