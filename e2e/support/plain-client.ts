import { type Client, policies, types } from 'cassandra-driver';
import { AgreeingClient } from '../../scripts/support/agreeing-client.mjs';
import { ringNodes } from './environment';

/**
 * Cassandra as any program sees it, to compare with what Ringside shows. It reads at a quorum, so that it sees every write
 * whichever replica was busy.
 */
export async function connectPlainClient(): Promise<Client> {
  const nodes = ringNodes();
  const client = new AgreeingClient({
    contactPoints: nodes.map(({ host, port }) => `${host}:${port}`),
    policies: { loadBalancing: new policies.loadBalancing.RoundRobinPolicy() },
    queryOptions: { consistency: types.consistencies.quorum },
    socketOptions: { readTimeout: 60_000 },
    // Tests change the schema often, and nothing asks the driver's copy of it.
    isMetadataSyncEnabled: false,
  });
  await client.connect();
  return client;
}

/** Vectors, and the indexes that order by them, came with 5.0. */
export function hasVectors(client: Client): boolean {
  return !client.hosts.values().some((host) => host.cassandraVersion.startsWith('4.'));
}

const PAGE_ROWS = 5_000;

/** Every row of a statement, page by page: by the paging state, never by a page's length. */
export async function* everyRow(client: Client, statement: string): AsyncGenerator<types.Row, void, undefined> {
  let pageState: string | undefined;
  do {
    const page = await client.execute(statement, [], { fetchSize: PAGE_ROWS, ...(pageState ? { pageState } : {}) });
    yield* page.rows;
    pageState = page.pageState;
  } while (pageState);
}

/** All rows of a statement with few rows. */
export async function readAll(client: Client, statement: string): Promise<types.Row[]> {
  const rows: types.Row[] = [];
  for await (const row of everyRow(client, statement)) rows.push(row);
  return rows;
}

/** A driver value as text, for the types in the demo's flights; null stays null. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `{${value.map(String).join(', ')}}`;
  return String(value);
}

/** Requests that clients have sent to the ring since they connected, as the nodes themselves count them. */
export async function requestsServed(client: Client): Promise<number> {
  const counts = await Promise.all(
    client.hosts.values().map(async (host) => {
      const { rows } = await client.execute('SELECT request_count FROM system_views.clients', [], {
        host,
        consistency: types.consistencies.one,
      });
      return rows.reduce((sum, row) => sum + Number(row.get('request_count')), 0);
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}
