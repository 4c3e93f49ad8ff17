import { describe, expect, it } from 'vitest';
import { parseReplication } from '@/lib/ring/replication';
import { levelRisks, type RiskNode } from './level-risk';

const QUARTER = 2n ** 62n;

/** `a:dc1/r1:up` at the token −2^62, the next a quarter of the ring further on. */
function ringOf(...texts: string[]): RiskNode[] {
  return texts.map((text, index) => {
    const [id = '', place = '', standing = ''] = text.split(':');
    const [datacenter = '', rack = ''] = place.split('/');
    if (standing !== 'up' && standing !== 'down' && standing !== 'unknown') throw new Error(text);
    return { id, datacenter, rack, standing, tokens: [BigInt(index) * QUARTER - QUARTER] };
  });
}

/** The levels by verdict, as `LEVEL@datacenter`. */
function verdicts(nodes: readonly RiskNode[], options: Record<string, string>): Record<string, string> {
  const replication = parseReplication(options);
  if (replication.kind === 'unknown') throw new Error(replication.reason);
  const result: Record<string, string> = {};
  for (const { level, datacenter, verdict } of levelRisks(nodes, replication)) {
    const name = datacenter === null ? level : `${level}@${datacenter}`;
    result[verdict] = result[verdict] === undefined ? name : `${result[verdict]} ${name}`;
  }
  return result;
}

const simple = (factor: number) => ({ class: 'SimpleStrategy', replication_factor: String(factor) });
const network = (factors: Record<string, string>) => ({ class: 'NetworkTopologyStrategy', ...factors });

const THREE_UP = ringOf('a:dc1/r1:up', 'b:dc1/r2:up', 'c:dc1/r3:up');
const ONE_DOWN = ringOf('a:dc1/r1:up', 'b:dc1/r2:down', 'c:dc1/r3:up');
const TWO_DOWN = ringOf('a:dc1/r1:up', 'b:dc1/r2:down', 'c:dc1/r3:down');
const ONE_UNKNOWN = ringOf('a:dc1/r1:up', 'b:dc1/r2:unknown', 'c:dc1/r3:up');
const TWO_CENTERS = ringOf('a:dc1/r1:up', 'x:dc2/r1:up', 'b:dc1/r1:up', 'y:dc2/r1:down');

const ALL_LEVELS = 'ONE QUORUM ALL EACH_QUORUM LOCAL_ONE@dc1 LOCAL_QUORUM@dc1';

describe('which levels still work for every range', () => {
  it.each<[string, RiskNode[], Record<string, string>, Record<string, string>]>([
    ['SimpleStrategy 3, all up', THREE_UP, simple(3), { works: ALL_LEVELS }],
    [
      'SimpleStrategy 3, one of three down',
      ONE_DOWN,
      simple(3),
      { works: 'ONE QUORUM EACH_QUORUM LOCAL_ONE@dc1 LOCAL_QUORUM@dc1', fails: 'ALL' },
    ],
    [
      'SimpleStrategy 3, two of three down',
      TWO_DOWN,
      simple(3),
      { works: 'ONE LOCAL_ONE@dc1', fails: 'QUORUM ALL EACH_QUORUM LOCAL_QUORUM@dc1' },
    ],
    [
      'SimpleStrategy 2, one of three down: a quorum of two is two',
      ONE_DOWN,
      simple(2),
      { works: 'ONE LOCAL_ONE@dc1', fails: 'QUORUM ALL EACH_QUORUM LOCAL_QUORUM@dc1' },
    ],
    ['one replica, all up', THREE_UP, simple(1), { works: ALL_LEVELS }],
    ['one replica, one of three down', ONE_DOWN, simple(1), { fails: ALL_LEVELS }],
    [
      'more replicas than nodes: what the factor asks for, not what there is',
      THREE_UP,
      simple(5),
      { works: 'ONE QUORUM EACH_QUORUM LOCAL_ONE@dc1 LOCAL_QUORUM@dc1', never: 'ALL' },
    ],
    [
      'three replicas on one node',
      ringOf('a:dc1/r1:up'),
      simple(3),
      { works: 'ONE LOCAL_ONE@dc1', never: 'QUORUM ALL EACH_QUORUM LOCAL_QUORUM@dc1' },
    ],
    [
      'an unknown node is not a down node',
      ONE_UNKNOWN,
      simple(3),
      { works: 'ONE QUORUM EACH_QUORUM LOCAL_ONE@dc1 LOCAL_QUORUM@dc1', unknown: 'ALL' },
    ],
    ['nothing is known', ringOf('a:dc1/r1:unknown', 'b:dc1/r1:unknown'), simple(1), { unknown: ALL_LEVELS }],
    ['NetworkTopologyStrategy 3, all up', THREE_UP, network({ dc1: '3' }), { works: ALL_LEVELS }],
    [
      'two datacenters, one node of the second down',
      TWO_CENTERS,
      network({ dc1: '2', dc2: '2' }),
      {
        works: 'ONE QUORUM LOCAL_ONE@dc1 LOCAL_ONE@dc2 LOCAL_QUORUM@dc1',
        fails: 'ALL EACH_QUORUM LOCAL_QUORUM@dc2',
      },
    ],
    [
      'a datacenter without replicas has no LOCAL levels, and its nodes no part',
      TWO_CENTERS,
      network({ dc1: '2', dc2: '0' }),
      { works: ALL_LEVELS },
    ],
    [
      'a datacenter of the strategy without nodes',
      THREE_UP,
      network({ dc1: '3', dc9: '3' }),
      { works: 'ONE LOCAL_ONE@dc1 LOCAL_QUORUM@dc1', never: 'QUORUM ALL EACH_QUORUM' },
    ],
    [
      'SimpleStrategy over two datacenters: a local quorum is a quorum of all, in one of them',
      TWO_CENTERS,
      simple(3),
      {
        works: 'ONE QUORUM EACH_QUORUM LOCAL_ONE@dc1',
        fails: 'ALL LOCAL_ONE@dc2',
        never: 'LOCAL_QUORUM@dc1 LOCAL_QUORUM@dc2',
      },
    ],
    ['EverywhereStrategy', ONE_DOWN, { class: 'EverywhereStrategy' }, expect.objectContaining({ fails: 'ALL' })],
    ['LocalStrategy', ONE_DOWN, { class: 'LocalStrategy' }, {}],
    ['a ring without tokens', [], simple(3), {}],
  ])('%s', (_, nodes, options, expected) => {
    expect(verdicts(nodes, options)).toEqual(expected);
  });

  it('says for how much of the ring a level fails', () => {
    const share = (factor: number, level: string) =>
      levelRisks(ONE_DOWN, { kind: 'simple', factor }).find((risk) => risk.level === level)?.failingShare;
    // b has the second quarter; a the half that crosses the end.
    expect(share(1, 'ONE')).toBe(0.25);
    expect(share(3, 'ALL')).toBe(1);
    expect(share(3, 'QUORUM')).toBe(0);
  });

  it('does not count a node without tokens as a replica', () => {
    const joining: RiskNode = { id: 'j', datacenter: 'dc1', rack: 'r9', standing: 'down', tokens: [] };
    expect(verdicts([...THREE_UP, joining], simple(3))).toEqual({ works: ALL_LEVELS });
  });
});
