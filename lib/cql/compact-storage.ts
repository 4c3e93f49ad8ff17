import type { TableColumn } from '@/lib/contract/schema';

/** The type that the storage engine adds to rows without values (`EmptyType`). */
const NO_VALUE = 'empty';

/**
 * The columns of a table as CQL shows them, from those in `system_schema.columns`. For a table WITH COMPACT
 * STORAGE that table also lists what the old storage engine needed, which no statement can name
 * (`TableMetadata.CompactTableMetadata`, Cassandra 4.0 to 5.0):
 * - without `dense`, `super` and `compound` (static rows): a clustering column `column1` and a regular column `value`
 *   are hidden, and the columns that are listed as static are regular ones;
 * - with `dense` and without a column of values: the regular one of type `empty` is hidden.
 * These are the usual names, not fixed ones: a table may have its own column `value`.
 * @param flags `system_schema.tables.flags`; those of a table without COMPACT STORAGE hold `compound` and not `dense`
 */
export function visibleColumns(columns: readonly TableColumn[], flags: readonly string[]): TableColumn[] {
  const has = (flag: string) => flags.includes(flag);
  if (has('dense')) return columns.filter(({ kind, type }) => kind !== 'regular' || type !== NO_VALUE);
  if (has('compound') || has('super')) return [...columns];
  return columns.flatMap((column) => {
    if (column.kind === 'static') return [{ ...column, kind: 'regular' as const }];
    return column.kind === 'partition_key' ? [column] : [];
  });
}
