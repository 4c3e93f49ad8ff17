/** A stretch of time on the axis, from a share of its width to another. */
export interface Stretch {
  readonly fromMicros: number;
  readonly toMicros: number;
  readonly start: number;
  readonly end: number;
  /** Nothing happens in it anywhere: it is drawn short, and says how long it is. */
  readonly isFolded: boolean;
}

/** A gap as long as this share of everything that was noted is folded, where it dwarfs the rest. */
const LONG_SHARE = 0.2;
const FOLDED_WIDTH = 0.06;
/** Under this a fold hides more than it shows. */
const LEAST_MICROS = 500;

/**
 * An axis for these times, on which long gaps without any event are folded.
 * @param times in microseconds, in any order
 */
export function foldedAxis(times: readonly number[]): readonly Stretch[] {
  const sorted = [...new Set(times)].sort((one, other) => one - other);
  const [first = 0, last = 0] = [sorted[0], sorted.at(-1)];
  const span = last - first;
  if (span <= 0) return [{ fromMicros: first, toMicros: first + 1, start: 0, end: 1, isFolded: false }];
  const gaps = sorted.slice(1).map((to, index) => ({ from: sorted[index] ?? first, to }));
  const long = gaps.filter(({ from, to }) => to - from >= Math.max(LEAST_MICROS, span * LONG_SHARE));
  const isOne = gaps.length === long.length;
  return isOne ? stretchesOf(first, last, []) : stretchesOf(first, last, long);
}

function stretchesOf(
  first: number,
  last: number,
  folded: readonly { readonly from: number; readonly to: number }[],
): readonly Stretch[] {
  const cuts = [...folded, { from: last, to: last }];
  const openMicros = last - first - folded.reduce((sum, { from, to }) => sum + to - from, 0);
  const openWidth = 1 - folded.length * FOLDED_WIDTH;
  const stretches: Stretch[] = [];
  let [at, start] = [first, 0];
  for (const { from, to } of cuts) {
    const end = start + (openMicros === 0 ? 0 : ((from - at) / openMicros) * openWidth);
    if (from > at) stretches.push({ fromMicros: at, toMicros: from, start, end, isFolded: false });
    if (to > from)
      stretches.push({ fromMicros: from, toMicros: to, start: end, end: end + FOLDED_WIDTH, isFolded: true });
    [at, start] = [to, to > from ? end + FOLDED_WIDTH : end];
  }
  return stretches;
}

/** Where a time is on the axis, as a share of its width. */
export function shareAt(axis: readonly Stretch[], micros: number): number {
  const stretch = axis.find(({ toMicros }) => micros <= toMicros) ?? axis.at(-1);
  if (stretch === undefined) return 0;
  const { fromMicros, toMicros, start, end } = stretch;
  const share = toMicros === fromMicros ? 0 : (micros - fromMicros) / (toMicros - fromMicros);
  return start + Math.min(1, Math.max(0, share)) * (end - start);
}
