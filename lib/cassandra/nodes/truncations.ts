import 'server-only';
import type { Client, Host } from 'cassandra-driver';
import { z } from 'zod';
import { Failure } from '../../failure';
import { readFromNode } from '../client/system-reads';

/**
 * Each node's record of the last TRUNCATE of a table, by host id: opaque, empty if there was none. A node that did not
 * answer is absent.
 */
export type Truncations = Readonly<Record<string, string>>;

const rowSchema = z.nullish(z.map(z.unknown(), z.instanceof(Buffer)));

/**
 * Asks each node: TRUNCATE reaches all of them, and each records when. A record that cannot be read, for lack of a
 * permission or on a server without it, is left out: that is no reason not to read the table.
 */
export async function readTruncations(client: Client, hosts: readonly Host[], tableId: string): Promise<Truncations> {
  const records = await Promise.all(
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
  return Object.fromEntries(records.flat());
}

/** Whether the table was truncated in between. A node that answered only once proves nothing. */
export function isTruncated(before: Truncations, now: Truncations): boolean {
  return Object.entries(now).some(([node, record]) => {
    // Without a record there was no TRUNCATE: the record goes with its table.
    return record !== '' && before[node] !== undefined && before[node] !== record;
  });
}

/** @param name qualified */
export function truncatedFailure(name: string): Failure {
  return new Failure({
    code: 'table_truncated',
    message: `${name} was truncated while it was read: rows are missing.`,
    hint: 'What was read is neither the old nor the new content of the table. Start again.',
    retryable: false,
  });
}
