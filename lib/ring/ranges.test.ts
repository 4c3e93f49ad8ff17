import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TOKEN, MIN_TOKEN } from './murmur3';
import { containsToken, linearShare, rangeSize, rangesOf, ringFraction, shareOfRing, unwrap } from './ranges';

const token = fc.bigInt({ min: MIN_TOKEN, max: MAX_TOKEN });
const tokens = fc.array(token, { minLength: 1, maxLength: 20 });

describe('rangesOf', () => {
  it('covers the ring exactly once', () => {
    fc.assert(
      fc.property(tokens, token, (own, any) => {
        const ranges = rangesOf(own);
        expect(ranges.filter((range) => containsToken(range, any))).toHaveLength(1);
        expect(ranges.reduce((sum, range) => sum + rangeSize(range), 0n)).toBe(2n ** 64n);
      }),
    );
  });

  it('is one range around the ring for one token, and none without tokens', () => {
    expect(rangesOf([5n, 5n])).toEqual([{ from: 5n, to: 5n }]);
    expect(rangesOf([])).toEqual([]);
  });
});

describe('unwrap', () => {
  it('makes parts that do not cross the end and cover the same tokens', () => {
    fc.assert(
      fc.property(
        token,
        token,
        token.filter((any) => any !== MIN_TOKEN),
        (from, to, any) => {
          const parts = unwrap({ from, to });
          for (const part of parts) expect(part.to > part.from).toBe(true);
          const holding = parts.filter((part) => any > part.from && any <= part.to);
          expect(holding).toHaveLength(containsToken({ from, to }, any) ? 1 : 0);
        },
      ),
    );
  });
});

describe('ringFraction', () => {
  it('grows from 0 to 1 along a scan', () => {
    expect(ringFraction(MIN_TOKEN)).toBe(0);
    expect(ringFraction(0n)).toBeCloseTo(0.5, 15);
    expect(ringFraction(MAX_TOKEN)).toBe(1);
    expect(ringFraction(75n, 50n, 150n)).toBe(0.25);
    expect(ringFraction(10n, 50n, 150n)).toBe(0);
    expect(ringFraction(150n, 150n, 150n)).toBe(1);
  });

  it('never decreases and stays within 0 to 1', () => {
    fc.assert(
      fc.property(token, token, token, token, (first, second, from, to) => {
        const [low, high] = first < second ? [first, second] : [second, first];
        const before = ringFraction(low, from, to);
        const after = ringFraction(high, from, to);
        expect(before >= 0 && before <= after && after <= 1).toBe(true);
      }),
    );
  });
});

describe('linearShare', () => {
  it('is the share between two bounds, zero if they cross', () => {
    expect(linearShare()).toBe(1);
    expect(linearShare(0n)).toBe(0.5);
    expect(linearShare(5n, 5n)).toBe(0);
    expect(linearShare(5n, 1n)).toBe(0);
    expect(shareOfRing(2n ** 62n)).toBe(0.25);
  });
});
