import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/murmur3';
import { type Coverage, cover, coveredShare, shareAt, tokenAtShare } from './rail-coverage';

const token = fc.bigInt({ min: MIN_TOKEN, max: MAX_TOKEN });

describe('what has been read of the ring', () => {
  it('joins ranges that touch, and keeps the gaps between those that do not', () => {
    const read = [
      { from: 0n, to: 10n },
      { from: 20n, to: 30n },
      { from: 10n, to: 15n },
    ].reduce<Coverage>(cover, []);
    expect(read).toEqual([
      { from: 0n, to: 15n },
      { from: 20n, to: 30n },
    ]);
    expect(cover(read, { from: 5n, to: 25n })).toEqual([{ from: 0n, to: 30n }]);
    expect(cover(read, { from: 7n, to: 7n })).toBe(read);
  });

  it('is the whole only when nothing is missing', () => {
    expect(coveredShare(cover([], { from: MIN_TOKEN, to: MAX_TOKEN }))).toBe(1);
    expect(coveredShare(cover([], { from: MIN_TOKEN + 1n, to: MAX_TOKEN }))).toBeLessThan(1);
    expect(coveredShare(cover([], { from: MIN_TOKEN, to: 0n }))).toBeCloseTo(0.5, 12);
    expect(coveredShare([])).toBe(0);
  });

  it('holds exactly the tokens that were read, in order, whatever the order of reading', () => {
    const range = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }));
    fc.assert(
      fc.property(fc.array(range, { maxLength: 20 }), (ranges) => {
        const read = ranges.reduce<Coverage>(
          (now, [from, width]) => cover(now, { from: BigInt(from), to: BigInt(from + width) }),
          [],
        );
        for (let at = 0; at <= 80; at += 1) {
          const expected = ranges.some(([from, width]) => at > from && at <= from + width);
          expect(read.some(({ from, to }) => BigInt(at) > from && BigInt(at) <= to)).toBe(expected);
        }
        for (const [index, { from, to }] of read.entries()) {
          expect(from < to).toBe(true);
          expect(index === 0 || (read[index - 1]?.to ?? 0n) < from).toBe(true);
        }
      }),
    );
  });

  it('finds a token by its share of the ring again', () => {
    expect(shareAt(MIN_TOKEN)).toBe(0);
    expect(shareAt(MAX_TOKEN)).toBe(1);
    expect(tokenAtShare(0)).toBe(MIN_TOKEN);
    expect(tokenAtShare(1)).toBe(MAX_TOKEN);
    fc.assert(
      fc.property(token, (one) => {
        const share = shareAt(one);
        expect(share >= 0 && share <= 1).toBe(true);
        // A number has 53 of the 64 bits.
        const back = tokenAtShare(share);
        expect(back <= one || share === 1).toBe(true);
        expect(one - back < 2n ** 12n).toBe(true);
      }),
    );
  });
});
