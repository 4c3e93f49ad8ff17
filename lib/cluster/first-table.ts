import type { Keyspace, Table, TableColumn } from '@/lib/contract/schema';
import { isPlainIdentifier } from '@/lib/cql/identifiers';

/** The table to begin with: of those that show most of how Cassandra works, the first by name; undefined where there is none. */
export function firstTable(keyspaces: readonly Keyspace[]): { keyspace: string; table: Table } | undefined {
  const own = keyspaces.filter(({ system, virtual }) => !system && !virtual).sort(byName);
  const found = own.flatMap(({ name, tables }) => [...tables].sort(byName).map((table) => ({ keyspace: name, table })));
  const most = Math.max(...found.map(({ table }) => teaches(table)));
  return found.find(({ table }) => teaches(table) === most);
}

function byName(one: { name: string }, other: { name: string }): number {
  return one.name.localeCompare(other.name, 'en');
}

/** How much of Cassandra a table shows: a name without quotes, rows in an order, a partition key of several columns. */
function teaches({ name, kind, columns }: Table): number {
  const count = (of: TableColumn['kind']) => columns.filter((column) => column.kind === of).length;
  const names = [name, ...columns.filter((column) => column.kind !== 'regular').map((column) => column.name)];
  const isPlain = names.every(isPlainIdentifier);
  return (
    (kind === 'table' && isPlain ? 4 : 0) + (count('clustering') > 0 ? 2 : 0) + (count('partition_key') > 1 ? 1 : 0)
  );
}
