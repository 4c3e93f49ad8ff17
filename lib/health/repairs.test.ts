import { describe, expect, it } from 'vitest';
import { rangesHave } from './repairs';

const [LEAST, MOST] = [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n];

describe('ranges of a repair', () => {
  it.each([
    [['(-5,7]'], 7n, true],
    [['(-5,7]'], -5n, false],
    [['(-5, 7]'], 0n, true],
    [['(-5,7]', '(20,30]'], 25n, true],
    [['(-5,7]', '(20,30]'], 10n, false],
    // Over the end of the ring.
    [['(30,-30]'], MOST, true],
    [['(30,-30]'], LEAST, true],
    [['(30,-30]'], 0n, false],
    [['(30,-30]'], -30n, true],
    // The whole ring.
    [[`(${LEAST},${LEAST}]`], 0n, true],
    [[], 0n, false],
    [['all'], 0n, false],
  ])('%j and %s: %s', (ranges, token, has) => {
    expect(rangesHave(ranges, token)).toBe(has);
  });
});
