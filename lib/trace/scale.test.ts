import { describe, expect, it } from 'vitest';
import { foldedAxis, shareAt } from './scale';

describe('an axis with folds', () => {
  it('folds a long gap and says from where to where', () => {
    const axis = foldedAxis([0, 1_000, 2_000, 402_000, 403_000]);
    expect(axis.filter(({ isFolded }) => isFolded)).toMatchObject([{ fromMicros: 2_000, toMicros: 402_000 }]);
    expect(shareAt(axis, 402_000) - shareAt(axis, 2_000)).toBeCloseTo(0.06);
  });

  it('keeps what is open in proportion', () => {
    const axis = foldedAxis([0, 1_000, 2_000, 402_000, 403_000]);
    expect(shareAt(axis, 1_000) - shareAt(axis, 0)).toBeCloseTo(shareAt(axis, 403_000) - shareAt(axis, 402_000));
  });

  it.each([[[0, 10, 900, 70_000, 70_100, 300_000]], [[5, 6, 7]], [[0, 1_000_000]], [[3]], [[]]])(
    'runs from 0 to 1 without a step back: %j',
    (times: readonly number[]) => {
      const axis = foldedAxis(times);
      expect(axis[0]?.start).toBe(0);
      expect(axis.at(-1)?.end).toBeCloseTo(1);
      const shares = times.toSorted((one, other) => one - other).map((time) => shareAt(axis, time));
      expect(shares).toEqual(shares.toSorted((one, other) => one - other));
    },
  );

  it('folds nothing where nothing else would be left', () => {
    expect(foldedAxis([0, 1_000_000]).some(({ isFolded }) => isFolded)).toBe(false);
  });
});
