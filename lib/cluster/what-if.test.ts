import { describe, expect, it } from 'vitest';
import type { Node } from '@/lib/contract/topology';
import type { LossLevel } from '@/lib/ring/loss';
import { fallenMarks, type KeyspaceLoss, keyspaceLosses, membersOf, placeKeyspaces, standingsWithout } from './what-if';
import { answerOf, cellWord, meaningOf } from './what-if-words';

const QUARTER = 2n ** 62n;

/** `a:dc1/r1:up`; each has a quarter of the ring. */
function ringOf(...texts: string[]): Node[] {
  return texts.map((text, index) => {
    const [address = '', place = '', state = ''] = text.split(':');
    const [datacenter = '', rack = ''] = place.split('/');
    if (state !== 'up' && state !== 'down' && state !== 'unknown') throw new Error(text);
    return {
      address,
      datacenter,
      rack,
      hostId: null,
      release: null,
      tokens: [String(BigInt(index) * QUARTER - QUARTER - QUARTER / 2n)],
      reachable: { state },
      gossip: { state },
      gossipSeenBy: null,
      loadBytes: null,
      schemaVersion: null,
      primaryOwnership: null,
      effectiveOwnership: null,
    };
  });
}

const simple = (factor: number) => ({ class: 'SimpleStrategy', replication_factor: String(factor) });
const network = (factors: Record<string, string>) => ({ class: 'NetworkTopologyStrategy', ...factors });
const keyspace = (name: string, replication: Record<string, string>, system = false) => {
  return { name, replication, system, virtual: false };
};
const FOUR = ringOf('a:dc1/r1:up', 'b:dc1/r2:up', 'c:dc1/r3:up', 'd:dc1/r1:up');
const TWO_CENTERS = ringOf('a:east/r1:up', 'x:west/r1:up', 'b:east/r1:up', 'y:west/r1:up');

function lossesOf(
  nodes: Node[],
  keyspaces: readonly ReturnType<typeof keyspace>[],
  picked: string[],
  from = nodes[0]?.datacenter,
) {
  const standings = standingsWithout(nodes, new Set(picked));
  const members = membersOf(nodes, 'org.apache.cassandra.dht.Murmur3Partitioner') ?? [];
  return { standings, losses: keyspaceLosses(placeKeyspaces(members, keyspaces), standings, from) };
}

function cellOf({ cells }: KeyspaceLoss, level: LossLevel) {
  const cell = cells.find((one) => one.level === level);
  if (cell === undefined) throw new Error(level);
  return cell;
}

function said(nodes: Node[], replication: Record<string, string>, picked: string[], level: LossLevel, from?: string) {
  const { losses, standings } = lossesOf(nodes, [keyspace('flights', replication)], picked, from);
  const [loss] = losses;
  if (loss === undefined) throw new Error('no keyspace');
  const cell = cellOf(loss, level);
  const { what, todo } = meaningOf(loss, cell, standings);
  return [cellWord(cell).text, what, todo];
}

describe('a level of a keyspace, in words', () => {
  it.each<[string, ReturnType<typeof said>, [string, string, string | undefined]]>([
    [
      'works',
      said(FOUR, simple(3), ['a'], 'QUORUM'),
      [
        '✓',
        'QUORUM on flights works for the whole ring: every range keeps the 2 replicas that it waits for.',
        undefined,
      ],
    ],
    [
      'fails for a part',
      said(FOUR, simple(3), ['b', 'c'], 'QUORUM'),
      [
        '50 %',
        'QUORUM on flights fails for 50 % of the ring (2 ranges): 1 of 3 replicas is left, and 2 are needed.',
        'ONE still works for the whole ring: use it meanwhile, and accept that it may read older rows. Or take the nodes down one after another.',
      ],
    ],
    [
      'fails where nothing is left',
      said(FOUR, simple(1), ['b'], 'ONE'),
      [
        '75 %',
        'ONE on flights fails for 25 % of the ring (1 range): no replica is left, and 1 is needed.',
        'Some rows have no replica left that any level could reach. Keep one of these nodes up, take them down one after another, or add replicas first and repair.',
      ],
    ],
    [
      'ALL, which no loss leaves alone',
      said(FOUR, network({ dc1: '3' }), ['b'], 'ALL'),
      [
        '✗',
        'ALL on flights fails for 100 % of the ring (4 ranges): 2 of 3 replicas are left, and 3 are needed.',
        'QUORUM still works for the whole ring: use it meanwhile.',
      ],
    ],
    [
      'in a datacenter that is lost, where the other still works',
      said(TWO_CENTERS, network({ east: '2', west: '2' }), ['x', 'y'], 'LOCAL_QUORUM', 'west'),
      [
        '✗',
        'LOCAL_QUORUM in west on flights fails for 100 % of the ring (4 ranges): no replica is left in west, and 2 are needed.',
        'LOCAL_QUORUM in east still works for the whole ring: use it meanwhile, through coordinators there. Or take the nodes down one after another.',
      ],
    ],
    [
      'a quorum in each datacenter',
      said(TWO_CENTERS, network({ east: '2', west: '2' }), ['x'], 'EACH_QUORUM', 'east'),
      [
        '✗',
        'EACH_QUORUM on flights fails for 100 % of the ring (4 ranges): some datacenter keeps no quorum of its replicas.',
        'QUORUM still works for the whole ring: use it meanwhile.',
      ],
    ],
    [
      'never',
      said(FOUR, network({ dc1: '5' }), [], 'ALL'),
      [
        '–',
        'ALL on flights can never be met, whoever is up: it waits for 5 replicas and there are only 4.',
        'Use QUORUM, change the replication factor, or add nodes.',
      ],
    ],
    [
      'through a datacenter without replicas',
      said(TWO_CENTERS, network({ east: '2' }), [], 'LOCAL_ONE', 'west'),
      [
        '–',
        'LOCAL_ONE in west on flights can never be met, whoever is up: it waits for 1 replica and there are none in west.',
        'Use QUORUM, change the replication factor, or add nodes.',
      ],
    ],
    [
      'unknown, which is not down',
      said(ringOf('a:dc1/r1:up', 'b:dc1/r1:unknown'), simple(1), [], 'ONE'),
      [
        '?',
        'ONE on flights is uncertain for 25 % of the ring: it depends on nodes whose state is unknown, which is not the same as down.',
        'Find out about these nodes first: the Ring page shows what each source says of them.',
      ],
    ],
    [
      'ANY, where only hints are left',
      said(FOUR, simple(1), ['b'], 'ANY'),
      [
        '✓',
        'ANY on flights works for the whole ring: any living coordinator takes the write.',
        'Where no replica is left, the coordinator keeps only a hint: the row cannot be read until a replica is back, and is lost if that takes longer than max_hint_window (3 h unless changed).',
      ],
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});

describe('the answer', () => {
  const OWN = [keyspace('a', simple(3)), keyspace('logs', simple(1)), keyspace('system_auth', simple(1), true)];
  const answer = (nodes: Node[], keyspaces: typeof OWN, picked: string[]) => {
    const found = answerOf(lossesOf(nodes, keyspaces, picked).losses, picked.length);
    return found === undefined ? undefined : `${found.tone}: ${found.text}`;
  };

  it.each<[string, string | undefined, string | undefined]>([
    ['nothing lost', answer(FOUR, OWN, []), 'ok: All is well. As it is now, QUORUM works for all 2 keyspaces.'],
    [
      'the only replica lost',
      answer(FOUR, OWN, ['b']),
      'danger: No. Without these nodes, rows of logs have no replica left and can be neither read nor written: 25 % of the ring.',
    ],
    [
      'a quorum lost',
      answer(FOUR, OWN.slice(0, 1), ['b', 'c']),
      'warn: Not at QUORUM. Without these nodes, it fails for a: 50 % of the ring. ONE still works everywhere.',
    ],
    ['one of three', answer(FOUR, OWN.slice(0, 1), ['b']), 'ok: Yes. Without these nodes, QUORUM works for a.'],
    ['no keyspace of people', answer(FOUR, OWN.slice(2), ['b']), undefined],
    [
      'a node that is down already counts, one that is unknown does not',
      answer(ringOf('a:dc1/r1:up', 'b:dc1/r2:down', 'c:dc1/r3:unknown', 'd:dc1/r1:up'), OWN.slice(0, 1), []),
      'neutral: Not known. As it is now, QUORUM depends on nodes whose state is unknown.',
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toBe(expected);
  });
});

describe('placed keyspaces', () => {
  it('say why there is nothing to compute', () => {
    const { losses } = lossesOf(
      FOUR,
      [keyspace('transient', network({ dc1: '3/1' })), keyspace('local', { class: 'LocalStrategy' })],
      [],
    );
    expect(losses.map(({ name, problem, cells }) => [name, cells.length, problem])).toEqual([
      ['local', 0, 'Not replicated: every node has its own rows, and they go with it.'],
      [
        'transient',
        0,
        'Not computed: Replication factor 3/1 has transient replicas, whose placement Ringside cannot compute.',
      ],
    ]);
    expect(membersOf(FOUR, 'org.apache.cassandra.dht.RandomPartitioner')).toBeUndefined();
  });

  it('mark the fallen ranges on the ring, neighbours as one', () => {
    const [loss] = lossesOf(FOUR, [keyspace('k', simple(3))], ['b', 'c']).losses;
    const marks = loss === undefined ? [] : fallenMarks(loss, cellOf(loss, 'QUORUM'));
    // The ranges of a and b: the first crosses the end of the ring.
    expect(marks.map(({ start, sweep }) => [start, sweep])).toEqual([
      [0.875, 0.25],
      [0.125, 0.25],
    ]);
    const [whole] = lossesOf(FOUR, [keyspace('k', network({ dc1: '3' }))], ['b', 'c']).losses;
    expect(whole === undefined ? [] : fallenMarks(whole, cellOf(whole, 'ALL'))).not.toEqual([]);
  });
});
