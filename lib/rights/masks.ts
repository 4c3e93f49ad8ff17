import type { Mask } from '@/lib/contract/rights';
import type { SchemaResponse } from '@/lib/contract/schema';
import { matches } from './glob';
import { type PersonRights, type RightPlace, readingRules } from './rules';

/** How a column's values are shown to a person, and the role that says so. */
export interface ColumnMask {
  readonly as: Mask['as'];
  readonly role: string;
}

/**
 * The mask of a column; null: its values are shown. A column is masked where each rule that lets the person read the table
 * masks it.
 */
export function columnMask(rights: PersonRights, place: RightPlace, column: string): ColumnMask | null {
  const [first, ...others] = readingRules(rights, place).map(({ masks, role }): ColumnMask | null => {
    const mask = masks.find(({ columns }) => matches(columns, column));
    return mask === undefined ? null : { as: mask.as, role };
  });
  return first === undefined || others.includes(null) ? null : first;
}

/** The same for a view, whose rows are those of its table: what either masks is masked. @param places one or both */
export function columnMaskIn(rights: PersonRights, places: readonly RightPlace[], column: string): ColumnMask | null {
  for (const place of places) {
    const mask = columnMask(rights, place, column);
    if (mask !== null) return mask;
  }
  return null;
}

/** Where masks of a table may stand: for a view, also on its table. @param baseTable of a view; of any other, none */
export function maskPlaces(
  at: Pick<RightPlace, 'cluster' | 'keyspace'>,
  name: string,
  baseTable: string | null | undefined,
): RightPlace[] {
  return [name, baseTable ?? name].map((table) => ({ ...at, table }));
}

/**
 * The columns of a table of a cluster that are masked for a person, empty without one; null where its columns are not known,
 * so that any may be.
 */
export function maskedColumns(rights: PersonRights, cluster: string, { keyspaces }: SchemaResponse) {
  return (place: RightPlace): ReadonlySet<string> | null => {
    if (place.cluster !== cluster) return NONE;
    const tables = keyspaces.find(({ name }) => name === place.keyspace)?.tables;
    const columns = tables?.find(({ name }) => name === place.table)?.columns;
    // A role of Cassandra that may not read all of the schema sees tables without columns.
    if (columns === undefined || columns.length === 0) return null;
    return new Set(columns.map(({ name }) => name).filter((name) => columnMask(rights, place, name) !== null));
  };
}

const NONE: ReadonlySet<string> = new Set();
