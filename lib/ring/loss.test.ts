import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  LOSS_LEVELS,
  type LossLevel,
  lossOf,
  placeRanges,
  rangeAt,
  rangeRing,
  replicasAt,
  type Standing,
  type Verdict,
} from './loss';
import { type RingNode, replicasOf } from './placement';
import { rangeSize, rangesOf, shareOfRing } from './ranges';
import { type KnownReplication, parseReplication } from './replication';

const QUARTER = 2n ** 62n;

/** `a:dc1/r1`, the next a quarter of the ring further on; no more than four. */
function ringOf(...texts: string[]): RingNode[] {
  return texts.map((text, index) => {
    const [id = '', place = ''] = text.split(':');
    const [datacenter = '', rack = ''] = place.split('/');
    return { id, datacenter, rack, tokens: [BigInt(index) * QUARTER - QUARTER - QUARTER / 2n] };
  });
}

function known(options: Record<string, string>): KnownReplication {
  const replication = parseReplication(options);
  if (replication.kind === 'unknown') throw new Error(replication.reason);
  return replication;
}

const simple = (factor: number) => known({ class: 'SimpleStrategy', replication_factor: String(factor) });
const network = (factors: Record<string, string>) => known({ class: 'NetworkTopologyStrategy', ...factors });
const down =
  (...ids: string[]) =>
  (id: string): Standing =>
    ids.includes(id) ? 'down' : 'up';

/** What is not served, as `LEVEL@datacenter share`; a share of `never` in brackets. */
function lost(nodes: RingNode[], replication: KnownReplication, standing: (id: string) => Standing): string[] {
  return lossOf(placeRanges(rangeRing(nodes), replication), standing).levels.flatMap(
    ({ level, datacenter, tallies }) => {
      const name = datacenter === null ? level : `${level}@${datacenter}`;
      if (tallies.never.share > 0) return [`${name} (${tallies.never.share})`];
      if (tallies.unknown.share > 0) return [`${name} ?${tallies.unknown.share}`];
      return tallies.fails.share > 0 ? [`${name} ${tallies.fails.share}`] : [];
    },
  );
}

const FOUR = ringOf('a:dc1/r1', 'b:dc1/r2', 'c:dc1/r3', 'd:dc1/r1');
const TWO_CENTERS = ringOf('a:dc1/r1', 'x:dc2/r1', 'b:dc1/r1', 'y:dc2/r1');
const EVERYTHING_OF_ONE = LOSS_LEVELS.filter((level) => level !== 'ANY');

describe('what is lost with some nodes', () => {
  it.each<[string, string[], string[]]>([
    ['nothing', lost(FOUR, simple(3), down()), []],
    // Each has the quarter before its token, and a replica of the two quarters before that.
    [
      'one of four, three replicas: the ranges that b has no part in still serve ALL',
      lost(FOUR, simple(3), down('b')),
      ['THREE 0.75', 'ALL 0.75'],
    ],
    [
      'two of four, three replicas: two neighbours share half of the ring',
      lost(FOUR, simple(3), down('b', 'c')),
      [
        'TWO 0.5',
        'THREE 1',
        'QUORUM 0.5',
        'ALL 1',
        'EACH_QUORUM 0.5',
        'SERIAL 0.5',
        'LOCAL_QUORUM@dc1 0.5',
        'LOCAL_SERIAL@dc1 0.5',
      ],
    ],
    [
      'one of four, one replica: only ANY is left for its quarter',
      lost(FOUR, simple(1), down('c')),
      EVERYTHING_OF_ONE.map((level) => {
        const name = level.startsWith('LOCAL') ? `${level}@dc1` : level;
        return level === 'TWO' || level === 'THREE' ? `${name} (1)` : `${name} 0.25`;
      }),
    ],
    [
      'every node: no coordinator is left for ANY either',
      lost(FOUR, simple(4), down('a', 'b', 'c', 'd')),
      [...LOSS_LEVELS].map((level) => `${level}${level.startsWith('LOCAL') ? '@dc1' : ''} 1`),
    ],
    [
      'a datacenter of two',
      lost(TWO_CENTERS, network({ dc1: '2', dc2: '2' }), down('x', 'y')),
      [
        'THREE 1',
        'QUORUM 1',
        'ALL 1',
        'EACH_QUORUM 1',
        'SERIAL 1',
        'LOCAL_ONE@dc2 1',
        'LOCAL_QUORUM@dc2 1',
        'LOCAL_SERIAL@dc2 1',
      ],
    ],
    [
      'a datacenter that has no replicas: its coordinators never had LOCAL levels',
      lost(TWO_CENTERS, network({ dc1: '2', dc2: '0' }), down('x', 'y')),
      ['THREE (1)', 'LOCAL_ONE@dc2 (1)', 'LOCAL_QUORUM@dc2 (1)', 'LOCAL_SERIAL@dc2 (1)'],
    ],
    ['more replicas than nodes: the factor counts, not the nodes', lost(FOUR, simple(5), down('a')), ['ALL (1)']],
    [
      'more replicas than nodes, and two nodes less',
      lost(FOUR, simple(5), down('a', 'b')),
      ['THREE 1', 'QUORUM 1', 'ALL (1)', 'EACH_QUORUM 1', 'SERIAL 1', 'LOCAL_QUORUM@dc1 1', 'LOCAL_SERIAL@dc1 1'],
    ],
    [
      'a node of which nobody knows: uncertain, not lost',
      lost(FOUR, simple(3), (id) => (id === 'b' ? 'unknown' : 'up')),
      ['THREE ?0.75', 'ALL ?0.75'],
    ],
    [
      'a rack, where racks are as many as replicas: each range has one replica in it',
      lost(FOUR, network({ dc1: '3' }), down('a', 'd')),
      ['THREE 1', 'ALL 1'],
    ],
    ['rows that are not replicated', lost(FOUR, known({ class: 'LocalStrategy' }), down('a')), []],
    [
      'a strategy with a replica on every node',
      lost(FOUR, known({ class: 'EverywhereStrategy' }), down('a')),
      ['ALL 1'],
    ],
    [
      'a keyspace for a datacenter that is gone',
      lost(FOUR, network({ gone: '1' }), down()),
      [
        'ANY (1)',
        'ONE (1)',
        'TWO (1)',
        'THREE (1)',
        'QUORUM (1)',
        'ALL (1)',
        'EACH_QUORUM (1)',
        'SERIAL (1)',
        'LOCAL_ONE@dc1 (1)',
        'LOCAL_QUORUM@dc1 (1)',
        'LOCAL_SERIAL@dc1 (1)',
      ],
    ],
    ['a ring without tokens', lost([{ id: 'a', datacenter: 'd', rack: 'r', tokens: [] }], simple(1), down()), []],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  it('names the ranges that fall, in ring order', () => {
    const placed = placeRanges(rangeRing(FOUR), simple(3));
    const { levels, rangesWith } = lossOf(placed, down('b', 'c'));
    const quorum = levels.find(({ level }) => level === 'QUORUM');
    const fallen = quorum === undefined ? [] : rangesWith(quorum, ['fails']);
    expect(fallen.map((range) => replicasAt(placed, range).map(({ id }) => id))).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c', 'd'],
    ]);
    expect(shareOfRing(fallen.reduce((sum, range) => sum + rangeSize(rangeAt(placed, range)), 0n))).toBe(
      quorum?.tallies.fails.share,
    );
  });
});

/** The rules written down once more, range by range, as the server has them. */
function naive(
  nodes: readonly RingNode[],
  replication: KnownReplication,
  standing: (id: string) => Standing,
  level: LossLevel,
  datacenter: string | null,
) {
  const quorum = (factor: number) => Math.trunc(factor / 2) + 1;
  const factors = replication.kind === 'network' ? [...replication.factors] : undefined;
  const total = replication.kind === 'simple' ? replication.factor : (factors ?? []).reduce((sum, [, n]) => sum + n, 0);
  const home = factors === undefined ? total : (factors.find(([name]) => name === datacenter)?.[1] ?? 0);
  const holds = (replicas: readonly RingNode[]): boolean => {
    const ours = replicas.filter((node) => node.datacenter === datacenter).length;
    switch (level) {
      case 'ANY':
        return true;
      case 'ONE':
        return replicas.length >= 1;
      case 'TWO':
        return replicas.length >= 2;
      case 'THREE':
        return replicas.length >= 3;
      case 'QUORUM':
      case 'SERIAL':
        return replicas.length >= quorum(total);
      case 'ALL':
        return replicas.length >= total;
      case 'LOCAL_ONE':
        return ours >= 1;
      case 'LOCAL_QUORUM':
      case 'LOCAL_SERIAL':
        return ours >= quorum(home);
      case 'EACH_QUORUM':
        if (factors === undefined) return replicas.length >= quorum(total);
        return factors.every(
          ([name, factor]) =>
            factor === 0 || replicas.filter((one) => one.datacenter === name).length >= quorum(factor),
        );
      default:
        return level satisfies never;
    }
  };
  const sums: Record<Verdict, bigint> = { works: 0n, unknown: 0n, fails: 0n, never: 0n };
  const counts: Record<Verdict, number> = { works: 0, unknown: 0, fails: 0, never: 0 };
  for (const range of rangesOf(nodes.flatMap(({ tokens }) => tokens))) {
    const ids = replicasOf(range.to, nodes, replication);
    const replicas = nodes.filter(({ id }) => ids.includes(id));
    const sure = replicas.filter(({ id }) => standing(id) === 'up');
    const hoped = replicas.filter(({ id }) => standing(id) !== 'down');
    let verdict: Verdict = 'fails';
    if (!holds(replicas) || (level === 'ANY' && replicas.length === 0)) verdict = 'never';
    else if (level === 'ANY') verdict = nodes.some(({ id }) => standing(id) === 'up') ? 'works' : 'unknown';
    else if (holds(sure)) verdict = 'works';
    else if (holds(hoped)) verdict = 'unknown';
    sums[verdict] += rangeSize(range);
    counts[verdict] += 1;
  }
  const tally = (verdict: Verdict) => ({ ranges: counts[verdict], share: shareOfRing(sums[verdict]) });
  return { works: tally('works'), unknown: tally('unknown'), fails: tally('fails'), never: tally('never') };
}

describe('against the rules, range by range', () => {
  const place = fc.record({
    datacenter: fc.constantFrom('d1', 'd2', 'd3'),
    // Uneven racks: most nodes are in the first.
    rack: fc.constantFrom('r1', 'r1', 'r1', 'r2', 'r3'),
    standing: fc.constantFrom<Standing>('up', 'up', 'down', 'unknown'),
  });
  const token = fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n });
  const replication = fc.oneof(
    fc.nat(6).map(simple),
    fc
      .record({ d1: fc.nat(4), d2: fc.nat(4), elsewhere: fc.constantFrom(0, 0, 0, 2) })
      .map((factors) =>
        network(Object.fromEntries(Object.entries(factors).map(([name, factor]) => [name, String(factor)]))),
      ),
  );

  it('gives every level of every ring the same ranges and shares', () => {
    fc.assert(
      fc.property(
        fc.array(place, { minLength: 1, maxLength: 9 }),
        fc.uniqueArray(token, { minLength: 18, maxLength: 18 }),
        replication,
        (places, tokens, replicated) => {
          const nodes = places.map(
            (one, index): RingNode => ({ ...one, id: `n${index}`, tokens: tokens.slice(index * 2, index * 2 + 2) }),
          );
          // A ring whose nodes are all down has no coordinator: the table above has that case.
          if (places.every(({ standing }) => standing === 'down')) return;
          const standing = (id: string) => places[Number(id.slice(1))]?.standing ?? 'down';
          const { levels } = lossOf(placeRanges(rangeRing(nodes), replicated), standing);
          expect(new Set(levels.map(({ level }) => level))).toEqual(new Set(LOSS_LEVELS));
          const expected = levels.map(({ level, datacenter }) => ({
            level,
            datacenter,
            tallies: naive(nodes, replicated, standing, level, datacenter),
          }));
          expect(levels.map(({ level, datacenter, tallies }) => ({ level, datacenter, tallies }))).toEqual(expected);
        },
      ),
      { numRuns: 200 },
    );
  });
});
