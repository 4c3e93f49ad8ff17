import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/murmur3';
import { cutStep, firstStep, isTop, nextStep, type UpStep } from './rail-steps';

const WANTED = 750;
const PAGE_ROWS = 1_000;

/** A table with a row at each of these tokens, read upwards from `to` as the reader does. */
function readUp(tokens: readonly bigint[], to: bigint) {
  const read: bigint[][] = [];
  let [requests, wasted] = [0, 0];
  let step = firstStep(to, WANTED, null);
  for (;;) {
    requests += 1;
    const rows = tokens.filter((token) => token > step.from && token <= step.to);
    const cut = cutWhileReading(step, rows);
    if (cut !== null) {
      wasted += 1;
      step = cut;
      continue;
    }
    read.unshift(rows);
    if (isTop(step))
      return { rows: read.flat(), requests, wasted, largest: Math.max(...read.map((part) => part.length)) };
    step = nextStep(step, rows.length, WANTED);
  }
}

function cutWhileReading(step: UpStep, rows: readonly bigint[]): UpStep | null {
  for (let pages = 1; pages * PAGE_ROWS < rows.length; pages += 1) {
    const token = rows[pages * PAGE_ROWS - 1] ?? step.to;
    const cut = cutStep(step, { pages, rows: pages * PAGE_ROWS, token }, WANTED);
    if (cut !== null) return cut;
  }
  return null;
}

describe('reading upwards in ranges', () => {
  it('gives every row once and in order, however they lie on the ring', () => {
    const spread = fc.array(fc.bigInt({ min: MIN_TOKEN + 1n, max: MAX_TOKEN }), { maxLength: 300 });
    const heap = fc.tuple(fc.bigInt({ min: MIN_TOKEN + 1n, max: MAX_TOKEN - 5_000n }), fc.nat(9_000));
    fc.assert(
      fc.property(spread, heap, fc.bigInt({ min: MIN_TOKEN, max: MAX_TOKEN }), (some, [at, many], to) => {
        // A heap of rows at a handful of neighbouring tokens, as a few very large partitions are.
        const dense = Array.from({ length: many }, (_, index) => at + BigInt(index % 3));
        const tokens = [...some, ...dense].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        const { rows } = readUp(tokens, to);
        expect(rows).toEqual(tokens.filter((token) => token <= to));
      }),
      { numRuns: 60 },
    );
  });

  it('reads about a page at a time where rows lie evenly, and does not take long over nothing', () => {
    const step = (MAX_TOKEN - MIN_TOKEN) / 100_000n;
    const tokens = Array.from({ length: 100_000 }, (_, index) => MIN_TOKEN + 1n + step * BigInt(index));
    const { requests, wasted, largest } = readUp(tokens, MAX_TOKEN);
    expect(requests).toBeLessThan(150);
    expect(wasted).toBeLessThan(3);
    expect(largest).toBeLessThanOrEqual(2_000);
    expect(readUp([], MAX_TOKEN).requests).toBeLessThan(10);
    expect(readUp([MAX_TOKEN], MAX_TOKEN).rows).toEqual([MAX_TOKEN]);
  });

  it('starts from the density of the rows below', () => {
    expect(firstStep(0n, 100, { rows: 1_000, tokens: 10_000n })).toEqual({ from: -1_000n, to: 0n });
    expect(firstStep(MIN_TOKEN + 5n, 100, { rows: 1, tokens: 1n })).toEqual({ from: MIN_TOKEN, to: MIN_TOKEN + 5n });
  });

  it('reads one partition through, however large', () => {
    expect(cutStep({ from: 9n, to: 10n }, { pages: 900, rows: 900_000, token: 10n }, WANTED)).toBeNull();
  });
});
