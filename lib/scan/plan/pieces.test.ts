import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/murmur3';
import { type RingNode, replicasOf } from '@/lib/ring/placement';
import type { ReplicationStrategy } from '@/lib/ring/replication';
import { pieceCount, planPieces, type ScanPiece } from './pieces';

const MIB = 1024 * 1024;
const EVERYTHING = { from: MIN_TOKEN, to: MAX_TOKEN };
const anyToken = fc.oneof(
  fc.bigInt({ min: MIN_TOKEN, max: MAX_TOKEN }),
  fc.bigInt({ min: MIN_TOKEN, max: MIN_TOKEN + 3n }),
  fc.bigInt({ min: MAX_TOKEN - 3n, max: MAX_TOKEN }),
  fc.bigInt({ min: -3n, max: 3n }),
);

/** Some nodes with tokens anywhere: adjacent, claimed twice, at the ring's ends, or none at all. */
const anyRing = fc
  .array(fc.record({ rack: fc.nat(2), datacenter: fc.nat(1), tokens: fc.array(anyToken, { maxLength: 8 }) }), {
    maxLength: 6,
  })
  .map((nodes) =>
    nodes.map(
      ({ rack, datacenter, tokens }, index): RingNode => ({
        id: `n${index}`,
        rack: `r${rack}`,
        datacenter: `dc${datacenter}`,
        tokens,
      }),
    ),
  );
const anyReplication = fc.oneof(
  fc.record({ kind: fc.constant('simple' as const), factor: fc.integer({ min: 0, max: 4 }) }),
  fc.tuple(fc.nat(3), fc.nat(3)).map(
    ([one, other]): ReplicationStrategy => ({
      kind: 'network',
      factors: new Map([
        ['dc0', one],
        ['dc1', other],
      ]),
    }),
  ),
  fc.constant<ReplicationStrategy>({ kind: 'local' }),
  fc.constant<ReplicationStrategy>({ kind: 'everywhere' }),
  fc.constant<ReplicationStrategy>({ kind: 'unknown', reason: 'custom classes' }),
  fc.constant(null),
);
const anyBounds = fc.oneof(
  fc.constant(EVERYTHING),
  fc.tuple(anyToken, anyToken).map(([from, to]) => ({ from, to })),
);

function expectCover(pieces: readonly ScanPiece[], { from, to }: { from: bigint; to: bigint }) {
  if (to <= from) {
    expect(pieces).toEqual([]);
    return;
  }
  let reached = from;
  for (const piece of pieces) {
    expect(piece.from).toBe(reached);
    expect(piece.to > piece.from).toBe(true);
    reached = piece.to;
  }
  expect(reached).toBe(to);
}

describe('planPieces', () => {
  it('covers every token between the bounds exactly once, whatever the ring', () => {
    const property = fc.property(anyRing, anyReplication, anyBounds, fc.integer({ min: 1, max: 40 }), (...args) => {
      const [nodes, replication, bounds, minPieces] = args;
      expectCover(planPieces(nodes, replication, bounds, { least: minPieces, enough: 1_024 }), bounds);
      expectCover(planPieces(nodes, replication, bounds, { least: 1, enough: minPieces }), bounds);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('names for each piece exactly the nodes that hold every token of it', () => {
    const property = fc.property(anyRing, anyReplication, anyBounds, (nodes, replication, bounds) => {
      for (const { from, to, replicas } of planPieces(nodes, replication, bounds, pieceCount(4, null))) {
        if (replication === null || replication.kind === 'unknown') {
          expect(replicas).toEqual([]);
          continue;
        }
        for (const token of [from + 1n, from + (to - from + 1n) / 2n, to]) {
          const holders = nodes.some(({ tokens }) => tokens.length > 0) ? replicasOf(token, nodes, replication) : [];
          expect(replicas.toSorted()).toEqual(holders.toSorted());
        }
      }
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('makes at least as many pieces as requested, and not many more than the ring has ranges', () => {
    const property = fc.property(
      anyRing,
      anyReplication,
      fc.integer({ min: 1, max: 64 }),
      (nodes, replication, min) => {
        const pieces = planPieces(nodes, replication, EVERYTHING, { least: min, enough: 1_024 });
        const ranges = new Set(nodes.flatMap(({ tokens }) => tokens)).size + 2;
        expect(pieces.length).toBeGreaterThanOrEqual(min);
        expect(pieces.length).toBeLessThanOrEqual(min + ranges + 1);
      },
    );
    fc.assert(property);
  });

  it('reads neighbours together in a ring of very many tokens, from a node that holds both if there is one', () => {
    // A seeded generator: the same ring in every run.
    let seed = 7n;
    const next = () => {
      seed = BigInt.asIntN(64, seed * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n);
      return seed;
    };
    const nodes = Array.from({ length: 20 }, (_, index) => ({
      id: `n${index}`,
      datacenter: 'dc0',
      rack: 'r0',
      tokens: Array.from({ length: 256 }, next),
    }));
    const replication = { kind: 'simple', factor: 3 } as const;
    const pieces = planPieces(nodes, replication, EVERYTHING, pieceCount(12, null));
    expectCover(pieces, EVERYTHING);
    expect(pieces.length).toBeLessThan(2_500);
    expect(pieces.filter(({ replicas }) => replicas.length > 0).length).toBeGreaterThan(pieces.length / 3);
    for (const { from, to, replicas } of pieces.filter((_, index) => index % 40 === 0)) {
      for (const token of [from + 1n, to]) {
        expect(replicasOf(token, nodes, replication)).toEqual(expect.arrayContaining([...replicas]));
      }
    }
  });

  it('reads a small table in few pieces, and joins only what one node holds completely', () => {
    const tokens = Array.from({ length: 48 }, (_, at) => MIN_TOKEN + 1n + BigInt(at) * (2n ** 64n / 48n));
    const nodes = [0, 1, 2].map((rest) => ({
      id: `n${rest}`,
      datacenter: 'dc0',
      rack: `r${rest}`,
      tokens: tokens.filter((_, at) => at % 3 === rest),
    }));
    const pieces = (factor: number, bytes: number | null) => {
      return planPieces(nodes, { kind: 'simple', factor }, EVERYTHING, pieceCount(6, bytes));
    };
    expect(pieces(3, null).length).toBeGreaterThanOrEqual(24);
    expect(pieces(3, 100_000)).toEqual([{ ...EVERYTHING, replicas: expect.arrayContaining(['n0', 'n1', 'n2']) }]);
    expect(pieces(3, 5 * MIB).length).toBe(5);
    expect(pieces(2, 100_000).length).toBeLessThan(pieces(2, null).length);
    for (const { replicas } of [...pieces(2, 100_000), ...pieces(1, 100_000)])
      expect(replicas.length).toBeGreaterThan(0);
  });
});

describe('pieceCount', () => {
  it.each([
    [4, null, 16],
    [12, null, 48],
    [100, null, 256],
    [12, 1, 1],
    [12, 3.5 * MIB, 4],
    [12, 1_000 * MIB, 48],
  ])('for %d workers and %s bytes is at least %d', (workers, bytes, least) => {
    expect(pieceCount(workers, bytes).least).toBe(least);
  });
});
