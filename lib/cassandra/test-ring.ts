import { type Client, policies, types } from 'cassandra-driver';
import { AgreeingClient } from '@/scripts/support/agreeing-client.mjs';

/** The real Cassandra used by the integration tests. */

/** `host:port` of each node of the ring. */
export const NODES = (process.env.RINGSIDE_TEST_NODES ?? '127.0.0.1:9042').split(',');

const TRIES = 5;
/** Types of writes: what would be counted twice, and what may not find again what it compared. */
const NOT_REPEATED: ReadonlySet<string> = new Set(['COUNTER', 'CAS']);

/**
 * Tries again what the nodes of a busy machine did not answer in their few seconds. At consistency ALL one slow replica is
 * enough for that. The rows that tests write are the same however often they are written; counters are not.
 */
class PatientPolicy extends policies.retry.RetryPolicy {
  override onReadTimeout(...[info, consistency]: Parameters<policies.retry.RetryPolicy['onReadTimeout']>) {
    return info.nbRetry < TRIES ? this.retryResult(consistency) : this.rethrowResult();
  }

  override onWriteTimeout(...[info, consistency, , , type]: Parameters<policies.retry.RetryPolicy['onWriteTimeout']>) {
    return info.nbRetry < TRIES && !NOT_REPEATED.has(type) ? this.retryResult(consistency) : this.rethrowResult();
  }

  override onRequestError() {
    return this.rethrowResult();
  }
}

/**
 * A client independent of Ringside, to set up tests and read the expected rows. It uses consistency ALL, so that its
 * writes are visible on every replica.
 */
export function plainClient(): Client {
  return new AgreeingClient({
    contactPoints: [...NODES],
    policies: { loadBalancing: new policies.loadBalancing.RoundRobinPolicy(), retry: new PatientPolicy() },
    // The driver asks the policy about a write only if it may be repeated.
    queryOptions: { consistency: types.consistencies.all, isIdempotent: true },
    socketOptions: { readTimeout: 60_000 },
    encoding: { useBigIntAsLong: true, useUndefinedAsUnset: true },
    pooling: { warmup: false },
    // The driver's copy of the schema breaks on some names that tests use.
    isMetadataSyncEnabled: false,
  });
}
