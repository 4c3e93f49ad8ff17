import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Arc, type ArcNode, arcIndexOf, arcsOf, circleShare, tokenAtShare } from './arcs';

const MIN = -(2n ** 63n);
const QUARTER = 2n ** 62n;
const node = (address: string, ...tokens: bigint[]): ArcNode => ({ address, tokens: tokens.map(String) });
const total = (arcs: readonly Arc[]) => arcs.reduce((sum, { sweep }) => sum + sweep, 0);
const shape = (arcs: readonly Arc[]) => arcs.map(({ address, ranges }) => `${address}×${ranges}`);

/** Tokens spread like vnodes, the same on every run. */
function vnodes(addresses: readonly string[], each: number): ArcNode[] {
  let state = 42n;
  const next = () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
    return state + MIN;
  };
  return addresses.map((address) => node(address, ...Array.from({ length: each }, next)));
}

describe('arcs of a ring', () => {
  it('give each of four even nodes a quarter, the first one across the end', () => {
    const arcs = arcsOf([node('a', MIN + QUARTER), node('b', 0n), node('c', QUARTER), node('d', 2n ** 63n - 1n)]);
    expect(shape(arcs)).toEqual(['a×1', 'b×1', 'c×1', 'd×1']);
    expect(arcs.map(({ sweep }) => Math.round(sweep * 100))).toEqual([25, 25, 25, 25]);
    expect(arcs[0]?.from).toBe(2n ** 63n - 1n);
    expect(arcs[0]?.to).toBe(MIN + QUARTER);
    expect(arcs[1]?.start).toBe(0.25);
  });

  it('show one node as the whole ring, however many tokens it has', () => {
    expect(arcsOf([node('a', 5n)])).toEqual([{ address: 'a', from: 5n, to: 5n, start: 0.5, sweep: 1, ranges: 1 }]);
    const [only, ...others] = arcsOf(vnodes(['a'], 16));
    expect(others).toEqual([]);
    expect(only).toMatchObject({ address: 'a', sweep: 1, ranges: 16 });
  });

  it('join neighbours of one node, even across the end of the ring', () => {
    const arcs = arcsOf([node('a', -10n, 0n, 30n), node('b', 10n, 20n)]);
    expect(shape(arcs)).toEqual(['a×3', 'b×2']);
    expect(arcs.map(({ from, to }) => [from, to])).toEqual([
      [20n, 0n],
      [0n, 20n],
    ]);
  });

  it('cover the circle once for 3 nodes × 16 tokens, with every range in one arc', () => {
    const arcs = arcsOf(vnodes(['a', 'b', 'c'], 16));
    expect(arcs.reduce((sum, { ranges }) => sum + ranges, 0)).toBe(48);
    expect(total(arcs)).toBeCloseTo(1, 12);
    for (const [index, { address }] of arcs.entries()) expect(address).not.toBe(arcs.at(index - 1)?.address);
  });

  it('keep two datacenters of interleaved tokens apart', () => {
    const arcs = arcsOf([node('dc1-a', -100n), node('dc2-a', -99n), node('dc1-b', 100n), node('dc2-b', 101n)]);
    expect(shape(arcs)).toEqual(['dc1-a×1', 'dc2-a×1', 'dc1-b×1', 'dc2-b×1']);
    expect(arcs[1]?.sweep).toBeCloseTo(0, 15);
  });

  it('are empty without tokens, or without Murmur3 tokens', () => {
    expect(arcsOf([])).toEqual([]);
    expect(arcsOf([node('a')])).toEqual([]);
    expect(arcsOf([{ address: 'a', tokens: ['170141183460469231731687303715884105727'] }])).toEqual([]);
    expect(arcsOf([{ address: 'a', tokens: ['00ff'] }])).toEqual([]);
  });

  it('keep one owner for a token that two nodes claim', () => {
    expect(shape(arcsOf([node('a', 1n, 5n), node('b', 1n, 9n)]))).toEqual(['b×2', 'a×1']);
  });
});

const token = fc.bigInt({ min: MIN, max: 2n ** 63n - 1n });

describe('the arc of a token', () => {
  const arcs = arcsOf([node('a', -10n), node('b', 10n), node('c', 20n)]);
  const at = (value: bigint) => arcs[arcIndexOf(arcs, value)]?.address;

  it('ends at its own token and may cross the end of the ring', () => {
    expect([-11n, -10n, -9n, 10n, 11n, 20n, 21n, MIN, 2n ** 63n - 1n].map(at)).toEqual(
      ['a', 'a', 'b', 'b', 'c', 'c', 'a', 'a', 'a'], //
    );
    expect(arcIndexOf([], 0n)).toBe(-1);
  });

  it('belongs to the node with the next token, whatever the ring', () => {
    fc.assert(
      fc.property(fc.uniqueArray(token, { minLength: 1, maxLength: 40 }), token, (tokens, asked) => {
        const nodes = ['a', 'b', 'c'].map((address, index) =>
          node(address, ...tokens.filter((_, place) => place % 3 === index)),
        );
        const sorted = [...tokens].sort((a, b) => (a < b ? -1 : 1));
        const owning = sorted.find((candidate) => candidate >= asked) ?? sorted[0];
        const expected = nodes.find(({ tokens: own }) => own.includes(String(owning)))?.address;
        const all = arcsOf(nodes);
        expect(all[arcIndexOf(all, asked)]?.address).toBe(expected);
        expect(total(all)).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('places on the circle', () => {
  it('start at the smallest token', () => {
    expect([circleShare(MIN), circleShare(0n), tokenAtShare(0), tokenAtShare(0.5), tokenAtShare(1.25)]).toEqual([
      0,
      0.5,
      MIN,
      0n,
      MIN + QUARTER,
    ]);
  });

  it('map back to a token, to within the precision of a number', () => {
    fc.assert(
      fc.property(token, (value) => {
        const away = value - tokenAtShare(circleShare(value));
        expect(away >= 0n && away < 2n ** 11n).toBe(true);
      }),
    );
  });
});
