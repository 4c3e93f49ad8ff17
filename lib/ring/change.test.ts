import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeOf, evenTokens, type RingChange } from './change';
import { effectiveOwnership, primaryOwnership } from './ownership';
import type { RingNode } from './placement';
import { type KnownReplication, parseReplication } from './replication';

const QUARTER = 2n ** 62n;
const node = (id: string, datacenter: string, rack: string, ...tokens: bigint[]): RingNode => {
  return { id, datacenter, rack, tokens };
};
const quarters = (...places: [id: string, datacenter: string, rack: string][]) =>
  places.map((place, index) => node(...place, BigInt(index - 2) * QUARTER + QUARTER / 2n));

function known(options: Record<string, string>): KnownReplication {
  const replication = parseReplication(options);
  if (replication.kind === 'unknown') throw new Error(replication.reason);
  return replication;
}
const simple = (factor: number) => known({ class: 'SimpleStrategy', replication_factor: String(factor) });
const network = (factors: Record<string, string>) => known({ class: 'NetworkTopologyStrategy', ...factors });

const FOUR = quarters(['a', 'd1', 'r1'], ['b', 'd1', 'r2'], ['c', 'd1', 'r1'], ['d', 'd1', 'r2']);
const TWO = quarters(['a', 'd1', 'r1'], ['x', 'd2', 'r1'], ['b', 'd1', 'r1'], ['y', 'd2', 'r1']);

const inShort = ({ nodes, ...all }: RingChange) => ({
  ...all,
  nodes: nodes.map(({ id, before, after, gained, dropped }) => `${id} ${before}→${after} +${gained} -${dropped}`),
});

describe('what a change moves', () => {
  it.each<[string, RingChange, ReturnType<typeof inShort>]>([
    [
      'a second replica: a copy of all rows, and a quorum of two is never new alone',
      changeOf({ nodes: FOUR, replication: simple(1) }, { nodes: FOUR, replication: simple(2) }),
      {
        gained: 1,
        dropped: 0,
        orphaned: 0,
        outvoted: 0,
        nodes: ['a 0.25→0.5 +0.25 -0', 'b 0.25→0.5 +0.25 -0', 'c 0.25→0.5 +0.25 -0', 'd 0.25→0.5 +0.25 -0'],
      },
    ],
    [
      'from one replica to three: two new ones outvote the old',
      changeOf({ nodes: FOUR, replication: simple(1) }, { nodes: FOUR, replication: simple(3) }),
      {
        gained: 2,
        dropped: 0,
        orphaned: 0,
        outvoted: 1,
        nodes: ['a 0.25→0.75 +0.5 -0', 'b 0.25→0.75 +0.5 -0', 'c 0.25→0.75 +0.5 -0', 'd 0.25→0.75 +0.5 -0'],
      },
    ],
    [
      'to another datacenter at once: no replica stays',
      changeOf({ nodes: TWO, replication: network({ d1: '1' }) }, { nodes: TWO, replication: network({ d2: '1' }) }),
      {
        gained: 1,
        dropped: 1,
        orphaned: 1,
        outvoted: 1,
        nodes: ['a 0.5→0 +0 -0.5', 'x 0→0.5 +0.5 -0', 'b 0.5→0 +0 -0.5', 'y 0→0.5 +0.5 -0'],
      },
    ],
    [
      'a node that leaves gives its replicas to others',
      changeOf(
        { nodes: FOUR, replication: simple(1) },
        { nodes: FOUR.filter(({ id }) => id !== 'b'), replication: simple(1) },
      ),
      {
        gained: 0.25,
        dropped: 0.25,
        orphaned: 0.25,
        outvoted: 0.25,
        nodes: ['a 0.25→0.25 +0 -0', 'b 0.25→0 +0 -0.25', 'c 0.25→0.5 +0.25 -0', 'd 0.25→0.25 +0 -0'],
      },
    ],
    [
      'nothing',
      changeOf({ nodes: FOUR, replication: simple(2) }, { nodes: FOUR, replication: network({ d1: '2' }) }),
      {
        gained: 0,
        dropped: 0,
        orphaned: 0,
        outvoted: 0,
        nodes: ['a 0.5→0.5 +0 -0', 'b 0.5→0.5 +0 -0', 'c 0.5→0.5 +0 -0', 'd 0.5→0.5 +0 -0'],
      },
    ],
  ])('%s', (_, change, expected) => {
    expect(inShort(change)).toEqual(expected);
  });

  it('agrees with the ownership of both sides, and what is gained and dropped explains the difference', () => {
    const token = fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n });
    const place = fc.record({ datacenter: fc.constantFrom('d1', 'd2'), rack: fc.constantFrom('r1', 'r2') });
    const replication = fc
      .record({ d1: fc.nat(3), d2: fc.nat(3) })
      .map(({ d1, d2 }) => network({ d1: String(d1), d2: String(d2) }));
    fc.assert(
      fc.property(
        fc.array(place, { minLength: 2, maxLength: 6 }),
        fc.uniqueArray(token, { minLength: 12, maxLength: 12 }),
        replication,
        replication,
        (places, tokens, from, to) => {
          const nodes = places.map((one, index) => ({
            ...one,
            id: `n${index}`,
            tokens: tokens.slice(index * 2, index * 2 + 2),
          }));
          const change = changeOf({ nodes: nodes.slice(1), replication: from }, { nodes, replication: to });
          const [before, after] = [effectiveOwnership(nodes.slice(1), from), effectiveOwnership(nodes, to)];
          for (const own of change.nodes) {
            expect(own.before).toBeCloseTo(before?.get(own.id) ?? 0, 10);
            expect(own.after).toBeCloseTo(after?.get(own.id) ?? 0, 10);
            expect(own.before + own.gained - own.dropped).toBeCloseTo(own.after, 10);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('tokens assumed for a new node', () => {
  it('halve the widest ranges of its datacenter, and are taken by nobody', () => {
    const added = node('e', 'd1', 'r1', ...evenTokens(FOUR, 'd1', 4));
    const owned = primaryOwnership([...FOUR, added]);
    expect(Object.fromEntries(owned)).toEqual({ a: 0.125, b: 0.125, c: 0.125, d: 0.125, e: 0.5 });
    expect(evenTokens([node('x', 'd2', 'r1', 0n)], 'd1', 3)).not.toContain(0n);
    expect(new Set(evenTokens(TWO, 'd2', 16)).size).toBe(16);
  });
});
