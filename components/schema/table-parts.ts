import type { Keyspace, Table, TableColumn } from '@/lib/contract/schema';
import { keyColumns } from '@/lib/cql/row-key';

/** A table's partition key and clustering columns, each in key order. */
export function keyOf(table: Table): { partitionKey: TableColumn[]; clustering: TableColumn[] } {
  return {
    partitionKey: keyColumns(table.columns, 'partition_key'),
    clustering: keyColumns(table.columns, 'clustering'),
  };
}

/** All columns: partition key, clustering, then the others by name. */
export function columnsInOrder(table: Table): TableColumn[] {
  const { partitionKey, clustering } = keyOf(table);
  const others = table.columns.filter(({ kind }) => kind === 'static' || kind === 'regular');
  return [...partitionKey, ...clustering, ...others.sort((a, b) => compareNames(a.name, b.name))];
}

/** The names of the indexes on a column, which an index's target names as `column`, `"Column"` or `values(column)`. */
export function indexesOn(table: Table, column: string): string[] {
  return table.indexes.filter(({ target }) => indexedColumn(target) === column).map(({ name }) => name);
}

/** The column that an index's target is about, without `keys(…)`, `values(…)`, `entries(…)`, `full(…)` and quotes. */
export function indexedColumn(target: string): string {
  const inner = /^(?:keys|values|entries|full)\((.*)\)$/s.exec(target)?.[1] ?? target;
  return inner.startsWith('"') && inner.endsWith('"') && inner.length > 1
    ? inner.slice(1, -1).replaceAll('""', '"')
    : inner;
}

/** The materialized views of a table, by name. */
export function viewsOf(keyspace: Keyspace, table: string): Table[] {
  return keyspace.tables
    .filter(({ kind, baseTable }) => kind === 'view' && baseTable === table)
    .sort((a, b) => compareNames(a.name, b.name));
}

export function compareNames(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
