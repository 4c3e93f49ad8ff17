/** Where the tests find what `npm test` has started for them. */

const HOW =
  'Run `npm test -- --only e2e`; or set RINGSIDE_E2E_URL (a running Ringside, or one for each worker with commas between), RINGSIDE_E2E_OWN_CASSANDRA (its RINGSIDE_OWN_CASSANDRA, likewise) and RINGSIDE_TEST_NODES (its cluster’s nodes, host:port).';

function wanted(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. ${HOW}`);
  return value;
}

/**
 * The Ringside under test, without a slash at its end. Where there are several, each worker has its own: exports and jobs
 * of others are not in its lists.
 */
export function baseUrl(): string {
  return ofThisWorker('RINGSIDE_E2E_URL').replace(/\/$/, '');
}

/** Where that Ringside looks for what `npm start` says of its own Cassandra. */
export function ownCassandraDirectory(): string {
  return ofThisWorker('RINGSIDE_E2E_OWN_CASSANDRA');
}

function ofThisWorker(name: string): string {
  const values = wanted(name).split(',');
  const worker = Number(process.env.TEST_PARALLEL_INDEX ?? 0);
  return values[worker % values.length] ?? '';
}

/** What the nodes gossip of each other can be read since 4.1. */
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
