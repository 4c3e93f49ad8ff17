/** Where a key moves the cursor of a chart, among the places 0 to `last`; undefined for other keys. */
export function placeAfter(key: string, place: number | null, last: number): number | undefined {
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  const step = STEPS.get(key);
  if (step === undefined) return undefined;
  // The first press goes to the end that it comes from.
  if (place === null) return step > 0 ? 0 : last;
  const far = Math.max(1, Math.round(last / 10));
  return Math.min(Math.max(place + (Math.abs(step) === 1 ? step : Math.sign(step) * far), 0), last);
}

/** Two stands for a tenth of all places. */
const STEPS: ReadonlyMap<string, number> = new Map([
  ['ArrowRight', 1],
  ['ArrowUp', 1],
  ['ArrowLeft', -1],
  ['ArrowDown', -1],
  ['PageUp', 2],
  ['PageDown', -2],
]);
