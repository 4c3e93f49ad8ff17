import type { Mask } from '@/lib/contract/rights';
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
