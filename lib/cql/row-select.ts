import type { TableColumn } from '@/lib/contract/schema';
import { ageSupport, selectFrom, ttlSelector, writeTimeSelector } from './age-select';
import { quoteIdentifier } from './identifiers';
import { keyColumns } from './row-key';

/** A column of one row as read: its value, and its write time if it has one. */
interface RowColumn extends TableColumn {
  /** Why it has no write time; null if it has one. */
  readonly ageless: string | null;
  /** True for a single-cell value, which may have a TTL. */
  readonly hasTtl: boolean;
}

export interface RowSelect {
  readonly columns: readonly RowColumn[];
  /** Columns of the key, in the order of the statement's parameters. */
  readonly key: readonly TableColumn[];
  /** With `condition` for each key column: `name = ?`. */
  statement(condition: (column: TableColumn) => string): string;
}

/**
 * One row with the age of its cells, or a partition's static values if its clustering columns are not given. Selects the
 * columns, then each write time, then each TTL.
 */
export function rowSelect(
  table: { readonly keyspace: string; readonly table: string },
  all: readonly TableColumn[],
  isStatic: boolean,
  release: string | null,
): RowSelect {
  const key = [...keyColumns(all, 'partition_key'), ...(isStatic ? [] : keyColumns(all, 'clustering'))];
  const others = all.filter(({ kind }) => kind === 'static' || (kind === 'regular' && !isStatic));
  const columns = [...key, ...others].map((column): RowColumn => {
    const support = ageSupport(column, release);
    const reason = support.kind === 'none' ? support.reason : support.kind === 'key' ? 'it is part of the key' : null;
    return { ...column, ageless: reason, hasTtl: support.kind === 'cell' };
  });
  const selectors = [
    ...columns.map(({ name }) => quoteIdentifier(name)),
    ...columns
      .filter(({ ageless }) => ageless === null)
      .map((column) => writeTimeSelector(column.name, ageSupport(column, release))),
    ...columns.filter(({ hasTtl }) => hasTtl).map(({ name }) => ttlSelector(name)),
  ];
  return {
    columns,
    key,
    statement: (condition) => selectFrom(table, selectors, key.map(condition), isStatic ? 1 : undefined),
  };
}
