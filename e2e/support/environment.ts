/** Where the tests find what `npm test` has started for them. */

const HOW =
  'Run `npm test -- --only e2e`; or set RINGSIDE_E2E_URL (a running Ringside) and RINGSIDE_TEST_NODES (its cluster’s nodes, host:port).';

function wanted(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. ${HOW}`);
  return value;
}

/** The Ringside under test, without a slash at its end. */
export function baseUrl(): string {
  return wanted('RINGSIDE_E2E_URL').replace(/\/$/, '');
}

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
