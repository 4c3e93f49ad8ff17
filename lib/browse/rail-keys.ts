/** Where a key on the rail goes: to a share of the ring, 0 to 1, or to one of its ends. */
export interface RailStep {
  readonly share: number;
  readonly end: 'first' | 'last' | null;
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -0.01,
  ArrowLeft: -0.01,
  ArrowDown: 0.01,
  ArrowRight: 0.01,
  PageUp: -0.1,
  PageDown: 0.1,
};

/** Down goes further along the ring, as drawn. Null for other keys. */
export function railStep(key: string, share: number): RailStep | null {
  if (key === 'Home') return { share: 0, end: 'first' };
  if (key === 'End') return { share: 1, end: 'last' };
  const step = STEPS[key];
  if (step === undefined) return null;
  const next = share + step;
  if (next <= 0) return { share: 0, end: 'first' };
  return next >= 1 ? { share: 1, end: 'last' } : { share: next, end: null };
}
