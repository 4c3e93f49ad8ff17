import 'server-only';
import type { Client, Host } from 'cassandra-driver';
import { CassandraFailure } from '@/lib/cassandra/client/failure';
import { readSystem } from '@/lib/cassandra/client/system-reads';
import { isTruncated, readTruncations, type Truncations, truncatedFailure } from '@/lib/cassandra/nodes/truncations';
import type { ReadPlan } from '@/lib/cassandra/read/reads';

/** Tells whether a table is still the one that a scan began with, its rows not swept away in between. */
export interface TableWatch {
  /** For a checkpoint: what was known of its truncations before the first row was read. */
  readonly truncations: Truncations;
  /** @throws CassandraFailure `schema_changed` when it was dropped or made again, `table_truncated` */
  check(): Promise<void>;
}

const NOTHING: TableWatch = { truncations: {}, check: async () => undefined };

/**
 * To be had before the first row is read.
 * @param earlier what an earlier part of the same scan knew
 * @throws CassandraFailure `table_truncated` when that is the case since then
 */
export async function watchTable(
  plan: ReadPlan,
  client: Client,
  hosts: () => readonly Host[],
  earlier: Truncations,
): Promise<TableWatch> {
  const { table, classification } = plan;
  const keyspace = classification.table?.keyspace;
  if (table?.id == null || keyspace == null || classification.cost.scope === 'one_node') return NOTHING;
  const { id, name, kind } = table;
  const now = await readTruncations(client, hosts(), id);
  if (isTruncated(earlier, now)) throw truncatedFailure(`${keyspace}.${name}`);
  const truncations = { ...now, ...earlier };
  return {
    truncations,
    check: async () => {
      const [then] = await Promise.all([
        readTruncations(client, hosts(), id),
        checkId(client, { keyspace, name, id, isView: kind === 'view' }),
      ]);
      if (isTruncated(truncations, then)) throw truncatedFailure(`${keyspace}.${name}`);
    },
  };
}

interface Identity {
  readonly keyspace: string;
  readonly name: string;
  readonly id: string;
  readonly isView: boolean;
}

/** Rows of a table that was dropped and made again must not pass for those of the one before. */
async function checkId(client: Client, { keyspace, name, id, isView }: Identity): Promise<void> {
  const [from, column] = isView ? ['views', 'view_name'] : ['tables', 'table_name'];
  const statement = `SELECT id FROM system_schema.${from} WHERE keyspace_name = ? AND ${column} = ?`;
  const [row] = await readSystem(client, statement, [keyspace, name]);
  if (row !== undefined && String(row.get('id')) === id) return;
  throw new CassandraFailure({
    code: 'schema_changed',
    message: `${keyspace}.${name} was dropped${row === undefined ? '' : ' and made again'} while it was read.`,
    hint: 'What was read may hold rows of both. Start again.',
    retryable: false,
  });
}
