import type { ResultState } from './result-state';
import { holdsAll, tooLarge } from './whole';

/** Why a result cannot be sorted or filtered on the page. `once`: its statement is not sent again, and more rows exist. */
export type WholeRefusal = 'too_many_rows' | 'too_many_bytes' | 'once';

/** What sorting and filtering on the page would take: nothing more, or reading the rest first; or why they are impossible. */
export type Wholeness =
  | { readonly kind: 'whole' | 'readable'; readonly rows: number }
  | { readonly kind: 'refused'; readonly why: WholeRefusal };

export function wholenessOf(
  { whole, reading, window }: Pick<ResultState, 'whole' | 'reading' | 'window'>,
  repeatable: boolean,
): Wholeness {
  const rows = window.marks.rowCount;
  if (whole === 'whole') return { kind: 'whole', rows: reading.total ?? rows };
  if (whole === 'too_many_rows' || whole === 'too_many_bytes') return { kind: 'refused', why: whole };
  const why = tooLarge({ window }, reading);
  if (why !== null) return { kind: 'refused', why };
  if (reading.phase === 'complete') return { kind: holdsAll({ window }) ? 'whole' : 'readable', rows };
  const isEnded = reading.phase !== 'reading' && reading.phase !== 'idle';
  return isEnded && !repeatable ? { kind: 'refused', why: 'once' } : { kind: 'readable', rows };
}
