import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/murmur3';
import { doneShare, type PieceProgress, type PieceState, ringLetters } from './progress';

const at = (share: number) => MIN_TOKEN + BigInt(Math.round(share * 2 ** 20)) * 2n ** 44n;
const left = (from: bigint, to: bigint, state: PieceState, reached: bigint | null = null) => {
  return { from, to, state, reached, pagingState: reached === null ? null : Uint8Array.of(1) };
};
const piece = (from: number, to: number, state: PieceState | 'done', reached?: number): PieceProgress => ({
  from: at(from),
  to: to === 1 ? MAX_TOKEN : at(to),
  left:
    state === 'done'
      ? []
      : [left(at(from), to === 1 ? MAX_TOKEN : at(to), state, reached === undefined ? null : at(reached))],
});

describe('ringLetters', () => {
  it('shows the worst state within each part of the ring', () => {
    const pieces = [
      piece(0, 0.25, 'done'),
      piece(0.25, 0.5, 'running', 0.375),
      piece(0.5, 0.625, 'retrying'),
      piece(0.625, 0.75, 'failed'),
      piece(0.75, 1, 'waiting'),
    ];
    expect(ringLetters(pieces, 8)).toBe('dddrtx..');
    expect(ringLetters(pieces, 4)).toBe('drx.');
    expect(ringLetters(pieces, 1)).toBe('x');
    expect(ringLetters([piece(0, 0.5, 'done'), piece(0.5, 1, 'waiting')], 1)).toBe('r');
  });

  it('shows what is not part of the scan as not started', () => {
    expect(ringLetters([piece(0.5, 0.75, 'done')], 8)).toBe('....dd..');
  });
});

describe('doneShare', () => {
  it('counts what has been read of each piece, and is 1 only when nothing is left', () => {
    expect(doneShare([piece(0, 0.5, 'running', 0.25), piece(0.5, 1, 'waiting')])).toBeCloseTo(0.25, 9);
    expect(doneShare([piece(0, 1, 'done')])).toBe(1);
    expect(doneShare([])).toBe(1);
    const almost = { from: MIN_TOKEN, to: MAX_TOKEN, left: [left(MAX_TOKEN - 1n, MAX_TOKEN, 'failed')] };
    expect(doneShare([almost])).toBeLessThan(1);
    const rest = { from: MIN_TOKEN, to: MAX_TOKEN, left: [left(MIN_TOKEN, MAX_TOKEN, 'failed', MAX_TOKEN)] };
    expect(doneShare([rest])).toBeLessThan(1);
  });

  it('never falls while a piece is read', () => {
    const property = fc.property(fc.array(fc.double({ min: 0.25, max: 0.75, noNaN: true })), (places) => {
      const shares = places.toSorted((a, b) => a - b).map((place) => doneShare([piece(0.25, 0.75, 'running', place)]));
      for (const [index, share] of shares.entries()) expect(share).toBeGreaterThanOrEqual(shares[index - 1] ?? 0);
    });
    fc.assert(property);
  });
});
