import type { ResultColumn } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import type { Table } from '@/lib/contract/schema';

/** A row's primary key by column name, or the key columns that the view does not show. */
export type RowKey = { readonly key: Readonly<Record<string, JsonValue>> } | { readonly missing: readonly string[] };

/** The primary key of a row as the view has it. A row of static values alone has nulls for its clustering columns. */
export function rowKeyOf(table: Table, columns: readonly ResultColumn[], values: readonly JsonValue[]): RowKey {
  const key = table.columns.filter(({ kind }) => kind === 'partition_key' || kind === 'clustering');
  const at = (name: string) => columns.findIndex((column) => column.name === name && column.kind !== 'computed');
  const missing = key.filter(({ name }) => at(name) < 0).map(({ name }) => name);
  if (missing.length > 0) return { missing };
  return { key: Object.fromEntries(key.map(({ name }) => [name, values[at(name)] ?? null])) };
}
