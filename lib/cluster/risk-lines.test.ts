import { describe, expect, it } from 'vitest';
import type { Node } from '@/lib/contract/topology';
import { riskLines } from './risk-lines';

const QUARTER = 2n ** 62n;

/** `a:dc1/r1:up`; the nodes' tokens are a quarter of the ring apart. */
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
      tokens: [String(BigInt(index) * QUARTER - QUARTER)],
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

const keyspace = (name: string, replication: Record<string, string>, kind: 'own' | 'system' | 'virtual' = 'own') => {
  return { name, replication, system: kind !== 'own', virtual: kind === 'virtual' };
};
const simple = (factor: number) => ({ class: 'SimpleStrategy', replication_factor: String(factor) });
const network = (factors: Record<string, string>) => ({ class: 'NetworkTopologyStrategy', ...factors });
const lineOf = (nodes: Node[], replication: Record<string, string>) => {
  const [line] = riskLines({ nodes }, [keyspace('k', replication)]);
  return line === undefined ? undefined : `${line.tone}: ${line.text}`;
};

const THREE_UP = ringOf('a:dc1/r1:up', 'b:dc1/r2:up', 'c:dc1/r3:up');
const ONE_DOWN = ringOf('a:dc1/r1:up', 'b:dc1/r2:down', 'c:dc1/r3:up');

describe('the risk line', () => {
  it.each<[string, Node[], Record<string, string>, string | undefined]>([
    ['all up', THREE_UP, simple(3), 'ok: QUORUM and ALL work: all nodes are up.'],
    ['a rack of one node down', ONE_DOWN, network({ dc1: '3' }), 'warn: QUORUM works, ALL fails: r2 (b) is down.'],
    [
      'a whole rack down, with two replicas',
      ringOf('a:dc1/r1:up', 'b:dc1/r2:down', 'c:dc1/r1:up', 'd:dc1/r2:down'),
      network({ dc1: '2' }),
      'danger: ONE works, QUORUM and ALL fail: r2 is down.',
    ],
    [
      'one node of a rack down',
      ringOf('a:dc1/r1:up', 'b:dc1/r1:up', 'c:dc1/r1:down'),
      simple(3),
      'warn: QUORUM works, ALL fails: c is down.',
    ],
    ['one replica, all up', THREE_UP, simple(1), 'ok: QUORUM and ALL work: all nodes are up.'],
    ['one replica on one node', ringOf('a:dc1/r1:up'), simple(1), 'ok: QUORUM and ALL work: all nodes are up.'],
    [
      'one replica, one down',
      ONE_DOWN,
      simple(1),
      'danger: ONE, QUORUM and ALL fail: r2 (b) is down. No replica is up for 25 % of the ring.',
    ],
    [
      'an unknown node is not called down',
      ringOf('a:dc1/r1:up', 'b:dc1/r2:unknown', 'c:dc1/r3:up'),
      simple(3),
      'neutral: QUORUM works, ALL is uncertain: r2 (b) is unknown.',
    ],
    [
      'more replicas than nodes',
      THREE_UP,
      simple(5),
      'warn: QUORUM works: all nodes are up. ALL can never be met with this replication and these nodes.',
    ],
    [
      'a datacenter down',
      ringOf('a:dc1/r1:up', 'x:dc2/r1:down', 'b:dc1/r1:up', 'y:dc2/r1:down'),
      network({ dc1: '2', dc2: '2' }),
      'danger: ONE and LOCAL_QUORUM in dc1 work, QUORUM, ALL, EACH_QUORUM, LOCAL_ONE in dc2 and LOCAL_QUORUM in dc2 fail: dc2 is down.',
    ],
    [
      'a datacenter down that holds none of the rows',
      ringOf('a:dc1/r1:up', 'x:dc2/r1:down', 'b:dc1/r1:up', 'y:dc2/r1:down'),
      network({ dc1: '2' }),
      'ok: QUORUM, ALL, EACH_QUORUM and LOCAL_QUORUM in dc1 work: all replicas are up.',
    ],
    [
      'a strategy that Ringside cannot place',
      THREE_UP,
      { class: 'com.example.Own' },
      'neutral: Not known: Ringside does not know where com.example.Own puts replicas.',
    ],
    ['no tokens', [], simple(3), undefined],
  ])('%s', (_, nodes, replication, expected) => {
    expect(lineOf(nodes, replication)).toBe(expected);
  });

  it('is one for keyspaces that fare alike, the worst first, and leaves out Cassandra’s own', () => {
    const lines = riskLines({ nodes: ONE_DOWN }, [
      keyspace('b', simple(3)),
      keyspace('logs', simple(1)),
      keyspace('a', network({ dc1: '3' })),
      keyspace('system_auth', simple(1), 'system'),
      keyspace('system_views', {}, 'virtual'),
    ]);
    expect(lines.map(({ keyspaces, tone }) => [keyspaces.join(), tone])).toEqual([
      ['logs', 'danger'],
      ['a,b', 'warn'],
    ]);
    expect(riskLines({ nodes: ONE_DOWN }, [keyspace('system_auth', simple(1), 'system')])).toEqual([]);
  });

  it('counts nodes instead of naming many', () => {
    const nodes = ringOf(...['a', 'b', 'c', 'd', 'e'].map((name) => `${name}:dc1/r1:${name === 'a' ? 'up' : 'down'}`));
    expect(lineOf(nodes, simple(3))).toContain(': 4 nodes are down.');
  });
});
