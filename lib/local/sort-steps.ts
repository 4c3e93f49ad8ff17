/** Comparisons between two chances for others to work: about a millisecond's worth. */
const COMPARISONS_A_STEP = 4_096;

/**
 * The places 0 to `count` - 1 in order, step by step, so that a page can draw frames in between. Stable: equal ones stay
 * in the order of their places. A merge sort from the bottom up.
 */
export function* sortSteps(
  count: number,
  compare: (a: number, b: number) => number,
): Generator<void, Uint32Array<ArrayBuffer>, undefined> {
  let from = Uint32Array.from({ length: count }, (_, place) => place);
  let to = new Uint32Array(count);
  let comparisons = 0;
  for (let width = 1; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      const middle = Math.min(start + width, count);
      const end = Math.min(start + 2 * width, count);
      let [left, right] = [start, middle];
      for (let at = start; at < end; at += 1) {
        const [a = 0, b = 0] = [from[left], from[right]];
        const takesLeft = left < middle && (right >= end || compare(a, b) <= 0);
        to[at] = takesLeft ? a : b;
        if (takesLeft) left += 1;
        else right += 1;
        comparisons += 1;
        if (comparisons % COMPARISONS_A_STEP === 0) yield;
      }
    }
    [from, to] = [to, from];
  }
  return from;
}
