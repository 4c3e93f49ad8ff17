import type { TableColumn } from '@/lib/contract/schema';
import { ageSupport, selectFrom, ttlSelector } from './age-select';
import { quoteIdentifier } from './identifiers';
import { keyColumns } from './row-key';

/** Where a cell's value and ages are among the values of a row; -1: they cannot be read. */
interface CellPlaces {
  readonly name: string;
  readonly value: number;
  readonly writeTime: number;
  readonly ttl: number;
  /** It has an age for each of its parts. */
  readonly isInParts: boolean;
}

export interface EditSelect {
  /** With a `?` for each column of the key, in its order. */
  readonly statement: string;
  readonly key: readonly TableColumn[];
  readonly cells: readonly CellPlaces[];
  /** How many values a row of the result has. */
  readonly width: number;
}

/** The cells of one row, or the static ones of a partition, with their write times and TTLs, those of parts one by one. */
export function editSelect(
  table: { readonly keyspace: string; readonly table: string },
  all: readonly TableColumn[],
  isStatic: boolean,
  release: string | null,
): EditSelect {
  const key = [...keyColumns(all, 'partition_key'), ...(isStatic ? [] : keyColumns(all, 'clustering'))];
  const columns = all.filter(({ kind }) => kind === (isStatic ? 'static' : 'regular'));
  // A table may have nothing but its key.
  const selectors = key.slice(0, 1).map(({ name }) => quoteIdentifier(name));
  const add = (selector: string) => selectors.push(selector) - 1;
  const cells = columns.map((column): CellPlaces => {
    const { name } = column;
    const { kind } = ageSupport(column, release);
    const value = add(quoteIdentifier(name));
    if (kind !== 'cell' && kind !== 'elements') return { name, value, writeTime: -1, ttl: -1, isInParts: false };
    const places = { writeTime: add(`writetime(${quoteIdentifier(name)})`), ttl: add(ttlSelector(name)) };
    return { name, value, ...places, isInParts: kind === 'elements' };
  });
  const conditions = key.map(({ name }) => `${quoteIdentifier(name)} = ?`);
  const statement = selectFrom(table, selectors, conditions, isStatic ? 1 : undefined);
  return { statement, key, cells, width: selectors.length };
}
