import 'server-only';
import type { Client, Host } from 'cassandra-driver';
import { z } from 'zod';
import { CassandraFailure } from '../client/failure';
import { readFromNode } from '../client/system-reads';

/**
 * What nodes have on record of the last TRUNCATE of a table, by the node's id: opaque, empty where there was none. A node
 * that did not tell is absent.
 */
export type Truncations = Readonly<Record<string, string>>;

const rowSchema = z.nullish(z.map(z.unknown(), z.instanceof(Buffer)));

/**
 * Asks each of the nodes: TRUNCATE reaches all of them, and each writes down when. What cannot be read, because of a
 * permission or of a server that keeps no such record, is left out: it is no reason not to read the table.
 */
export async function readTruncations(client: Client, hosts: readonly Host[], tableId: string): Promise<Truncations> {
  const told = await Promise.all(
    hosts.map(async (host): Promise<[string, string][]> => {
      try {
        const [row] = await readFromNode(client, host, 'SELECT truncated_at FROM system.local');
        const records = rowSchema.parse(row?.get('truncated_at')) ?? new Map<unknown, Buffer>();
        const [, record] = [...records].find(([id]) => String(id) === tableId) ?? [];
        return [[String(host.hostId), record?.toString('base64url') ?? '']];
      } catch {
        return [];
      }
    }),
  );
  return Object.fromEntries(told.flat());
}

/** Was the table truncated in between? A node that told only once says nothing. */
export function isTruncated(before: Truncations, now: Truncations): boolean {
  return Object.entries(now).some(([node, record]) => {
    // Without a record there is nothing that was truncated: it is gone with its table.
    return record !== '' && before[node] !== undefined && before[node] !== record;
  });
}

/** @param name qualified */
export function truncatedFailure(name: string): CassandraFailure {
  return new CassandraFailure({
    code: 'table_truncated',
    message: `${name} was truncated while it was read: rows that it held are missing.`,
    hint: 'What was read is neither what the table held before nor what it holds now. Start again.',
    retryable: false,
  });
}
