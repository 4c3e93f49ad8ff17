import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { markAt } from '@/lib/grid/page-marks';
import { type PageWindow, rowAt } from '@/lib/grid/page-window';
import { isNested, valueText } from './value-text';

/** A cell, by row of the window and by which value of the row. */
export interface FoundCell {
  readonly row: number;
  readonly source: number;
}

/** More cells than this are not looked for. */
export const MOST_CELLS = 10_000;
/** Rows looked through between two looks at the clock. */
const ROWS_A_STEP = 200;

/**
 * The cells in memory that hold `needle`, whatever its case, in the order in which they are shown: what was found so far,
 * step by step, so that whoever asks can stop or let others work.
 */
export function* findInRows(
  window: PageWindow<readonly JsonValue[]>,
  sources: readonly number[],
  types: readonly (CqlType | undefined)[],
  needle: string,
): Generator<readonly FoundCell[], void, undefined> {
  const wanted = needle.toLowerCase();
  let found: FoundCell[] = [];
  let looked = 0;
  for (const page of [...window.loaded.keys()].sort((a, b) => a - b)) {
    for (const row of rowsOf(window, page)) {
      const values = rowAt(window, row);
      if (values != null) {
        for (const source of sources) {
          if (holds(values[source] ?? null, types[source], wanted)) found.push({ row, source });
        }
      }
      looked += 1;
      if (looked % ROWS_A_STEP === 0) {
        yield found;
        found = [];
      }
    }
  }
  yield found;
}

function* rowsOf({ marks, loaded }: PageWindow<readonly JsonValue[]>, page: number): Generator<number> {
  const mark = markAt(marks, page);
  const rows = loaded.get(page)?.length ?? 0;
  for (let index = 0; index < rows; index += 1) yield (mark?.firstRow ?? 0) + index;
}

/** Null is no text that could be looked for. */
function holds(value: JsonValue, type: CqlType | undefined, wanted: string): boolean {
  if (value === null || value === '') return false;
  const text = isNested(value) || typeof value !== 'string' ? valueText(value, type) : value;
  return text.toLowerCase().includes(wanted);
}

/** No found cell has been gone to yet. */
export const NOWHERE = -1;

/** Which of the found cells comes next, or before, round the end. */
export function stepFrom(found: readonly FoundCell[], front: number, by: 1 | -1): number {
  if (found.length === 0) return NOWHERE;
  if (front === NOWHERE) return by === 1 ? 0 : found.length - 1;
  return (front + by + found.length) % found.length;
}
