/** Where the tests find what `npm test` started for them. */

const HOW =
  'Run `npm test -- --only e2e`; or set RINGSIDE_E2E_URL (a running Ringside, or one for each worker with commas between), RINGSIDE_E2E_OWN_CASSANDRA (its RINGSIDE_OWN_CASSANDRA, likewise) and RINGSIDE_TEST_NODES (its cluster’s nodes, host:port).';

function wanted(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. ${HOW}`);
  return value;
}

/**
 * The URL of the Ringside under test, without a trailing slash. If there are several, each worker has its own, whose lists
 * do not show the exports and jobs of others.
 */
export function baseUrl(): string {
  return ofThisWorker('RINGSIDE_E2E_URL').replace(/\/$/, '');
}

/** Where that Ringside reads the state of `npm start`'s Cassandra. */
export function ownCassandraDirectory(): string {
  return ofThisWorker('RINGSIDE_E2E_OWN_CASSANDRA');
}

function ofThisWorker(name: string): string {
  const values = wanted(name).split(',');
  const worker = Number(process.env.TEST_PARALLEL_INDEX ?? 0);
  return values[worker % values.length] ?? '';
}

/** Gossip can be read since 4.1. */
export const TELLS_GOSSIP = !process.env.RINGSIDE_TEST_RELEASE?.startsWith('4.0.');

export interface NodeAddress {
  readonly host: string;
  readonly port: number;
}

/** The nodes of the ring behind the clusters `demo` (writable) and `frozen` (read-only). */
export function ringNodes(): readonly NodeAddress[] {
  return wanted('RINGSIDE_TEST_NODES')
    .split(',')
    .map((node) => {
      const at = node.lastIndexOf(':');
      return { host: node.slice(0, at), port: Number(node.slice(at + 1)) };
    });
}
