import type { Row } from '@/lib/client/stream';
import type { ResultColumn } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import type { Table } from '@/lib/contract/schema';

/** A column of the primary key, and which of a row's values it is. */
export interface KeyColumn {
  readonly name: string;
  readonly type: string;
  readonly source: number;
}

/** Where a table's key is among a result's columns. */
export interface TableKey {
  readonly partition: readonly KeyColumn[];
  readonly clustering: readonly KeyColumn[];
}

/** The table's key among the columns, or the names of it that are not there. */
export function tableKey(
  table: Table,
  columns: readonly ResultColumn[],
): TableKey | { readonly missing: readonly string[] } {
  const found = (kind: 'partition_key' | 'clustering') =>
    table.columns
      .filter((column) => column.kind === kind)
      .sort((a, b) => a.position - b.position)
      .map(({ name, type }) => ({
        name,
        type,
        source: columns.findIndex((one) => one.name === name && one.kind === kind),
      }));
  const [partition, clustering] = [found('partition_key'), found('clustering')];
  const missing = [...partition, ...clustering].filter(({ source }) => source === -1).map(({ name }) => name);
  return missing.length > 0 ? { missing } : { partition, clustering };
}

/** A row's values of some columns. */
export function valuesOf(row: Row, columns: readonly KeyColumn[]): readonly JsonValue[] {
  return columns.map(({ source }) => row[source] ?? null);
}

/** True for a row that a partition has for its static values alone: it has no clustering values. */
export function isStaticOnly(row: Row, { clustering }: TableKey): boolean {
  return clustering.some(({ source }) => (row[source] ?? null) === null);
}
