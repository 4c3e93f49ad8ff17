import 'server-only';
import type { Client, Host } from '@/lib/cassandra/client/driver';
import { readSystem } from '@/lib/cassandra/client/system-reads';
import { isTruncated, readTruncations, type Truncations, truncatedFailure } from '@/lib/cassandra/nodes/truncations';
import type { ReadPlan } from '@/lib/cassandra/read/reads';
import { Failure } from '@/lib/failure';

/** Checks that a table is still the one a scan started with, and was not truncated. */
export interface TableWatch {
  /** For a checkpoint: its truncations before the first row was read. */
  readonly truncations: Truncations;
  /** @throws Failure `schema_changed` if it was dropped or recreated, `table_truncated` */
  check(): Promise<void>;
}

/** Watches nothing. */
export const UNWATCHED: TableWatch = { truncations: {}, check: async () => undefined };

/**
 * Call it before the first row is read.
 * @param earlier the truncations known to an earlier part of the same scan
 * @throws Failure `table_truncated` if there is a newer truncation
 */
export async function watchTable(
  plan: ReadPlan,
  client: Client,
  hosts: () => readonly Host[],
  earlier: Truncations,
): Promise<TableWatch> {
  const { table, classification } = plan;
  const keyspace = classification.table?.keyspace;
  if (table?.id == null || keyspace == null || classification.cost.scope === 'one_node') return UNWATCHED;
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

/** Rows of a recreated table must not pass for those of its predecessor. */
async function checkId(client: Client, { keyspace, name, id, isView }: Identity): Promise<void> {
  const [from, column] = isView ? ['views', 'view_name'] : ['tables', 'table_name'];
  const statement = `SELECT id FROM system_schema.${from} WHERE keyspace_name = ? AND ${column} = ?`;
  const [row] = await readSystem(client, statement, [keyspace, name]);
  if (row !== undefined && String(row.get('id')) === id) return;
  throw new Failure({
    code: 'schema_changed',
    message: `${keyspace}.${name} was dropped${row === undefined ? '' : ' and recreated'} while it was read.`,
    hint:
      row === undefined
        ? 'The rows read so far are correct. What is gone cannot be read any more.'
        : 'The rows read so far may come from both tables. Start over.',
    retryable: false,
  });
}
