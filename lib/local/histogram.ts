import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { drawnAs, drawnNumber } from './drawn-number';

/** How numbers or moments spread: rows in each of as many equal parts, from the least to the greatest. */
export interface Histogram {
  readonly counts: readonly number[];
  /** The ends of what is drawn: rounded to doubles. */
  readonly from: number;
  readonly to: number;
  /** Rows with values that have no place, such as NaN. */
  readonly undrawn: number;
}

const PARTS = 24;

/** Null where values are no numbers or moments, or none of them can be drawn. */
export function histogramOf(
  values: readonly { readonly value: JsonValue; readonly count: number }[],
  type: CqlType | undefined,
): Histogram | null {
  const axis = drawnAs(type);
  if (axis !== 'number' && axis !== 'time') return null;
  const drawn: { readonly at: number; readonly count: number }[] = [];
  let [from, to, undrawn] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const { value, count } of values) {
    const at = drawnNumber(value, type);
    if (at === null) {
      undrawn += count;
      continue;
    }
    drawn.push({ at, count });
    from = Math.min(from, at);
    to = Math.max(to, at);
  }
  if (drawn.length === 0) return null;
  const counts = Array.from({ length: from === to ? 1 : PARTS }, () => 0);
  for (const { at, count } of drawn) {
    const part = partOf(at, from, to, counts.length);
    counts[part] = (counts[part] ?? 0) + count;
  }
  return { counts, from, to, undrawn };
}

/** Halved first: the distance of two doubles may be beyond a double. */
function partOf(at: number, from: number, to: number, parts: number): number {
  const share = to === from ? 0 : (at / 2 - from / 2) / (to / 2 - from / 2);
  return Math.min(parts - 1, Math.floor(share * parts));
}
