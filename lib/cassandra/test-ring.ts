import { type Client, policies, types } from 'cassandra-driver';
import { AgreeingClient } from '@/scripts/support/agreeing-client.mjs';

/** The real Cassandra that the integration tests talk to. */

/** `host:port` of each node of the ring. */
export const NODES = (process.env.RINGSIDE_TEST_NODES ?? '127.0.0.1:9042').split(',');

/**
 * A client that has nothing to do with Ringside: for setting up, and for reading what must come out. Every replica takes
 * part, so that what it wrote is there whichever of them is asked next.
 */
export function plainClient(): Client {
  return new AgreeingClient({
    contactPoints: [...NODES],
    policies: { loadBalancing: new policies.loadBalancing.RoundRobinPolicy() },
    queryOptions: { consistency: types.consistencies.all },
    encoding: { useBigIntAsLong: true, useUndefinedAsUnset: true },
    pooling: { warmup: false },
    // The driver's copy of the schema does not bear every name that a test makes.
    isMetadataSyncEnabled: false,
  });
}
