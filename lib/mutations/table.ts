import 'server-only';
import { createHash } from 'node:crypto';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { readSystem } from '@/lib/cassandra/client/system-reads';
import { tableMask } from '@/lib/cassandra/read/masked-plan';
import { readTable } from '@/lib/cassandra/schema/schema';
import type { TableName } from '@/lib/contract/common';
import type { Table } from '@/lib/contract/schema';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import type { PlanTable } from '@/lib/edit/table';
import { Failure, invalidRequest } from '@/lib/failure';
import type { PersonRights } from '@/lib/rights/rules';

export type Client = Awaited<ReturnType<Cluster['client']>>;

/** A table whose rows can be changed, as it is now. */
export interface ChangedTable extends PlanTable {
  readonly stored: Table;
  readonly release: string | null;
  /** The same only while the table, its columns and their types are. */
  readonly version: string;
}

/** @throws Failure `read_only` */
export function checkWritable(cluster: Cluster): void {
  if (!cluster.readOnly) return;
  throw new Failure({
    code: 'read_only',
    message: `${cluster.summary().label} is read-only here: no row was changed.`,
    hint: 'To allow writes, set writes: true for this cluster in Ringside’s configuration.',
    retryable: false,
  });
}

/**
 * A table as a person changes it: without the columns that are masked for them, so that nothing reads or writes these.
 * @param rights null: nothing is masked
 * @throws Failure `not_found`, `invalid_request` for what has no rows of its own, `forbidden` for a masked key column
 */
export async function changedTable(
  cluster: Cluster,
  client: Client,
  name: TableName,
  rights: PersonRights | null = null,
): Promise<ChangedTable> {
  const { schema, table: found } = await readTable(cluster, name.keyspace, name.table);
  const whole = schemaLookup(schema.keyspaces).table(name.keyspace, name.table);
  const masked = tableMask(cluster.name, name, found, rights)?.masked ?? [];
  const isShown = (column: { readonly name: string }) => !masked.includes(column.name);
  const stored = found && { ...found, columns: found.columns.filter(isShown) };
  const shape = whole && { ...whole, columns: whole.columns.filter(isShown) };
  if (stored === undefined || shape === undefined) {
    const message = `There is no table ${name.keyspace}.${name.table}.`;
    throw new Failure({ code: 'not_found', message, retryable: false });
  }
  if (stored.kind !== 'table') {
    const what =
      stored.kind === 'view'
        ? 'a materialized view: change its base table'
        : 'a virtual table, which has no rows to change';
    throw invalidRequest(`${name.keyspace}.${name.table} is ${what}.`);
  }
  const [properties] = await readSystem(
    client,
    'SELECT default_time_to_live FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ?',
    [name.keyspace, name.table],
  );
  const defaultTtlSeconds = Number(properties?.get('default_time_to_live') ?? 0);
  const { release } = await cluster.identity();
  const version = createHash('sha256')
    .update(JSON.stringify([stored.id, shape.columns, defaultTtlSeconds]))
    .digest('base64url');
  return { keyspace: name.keyspace, table: name.table, shape, masked, stored, defaultTtlSeconds, release, version };
}
