import { describe, expect, it } from 'vitest';
import type { Node, TopologyResponse } from '@/lib/contract/topology';
import { arcsOf } from '@/lib/ring/arcs';
import { parseReplication, replicasOf } from '@/lib/ring/placement';
import { replicaPlacer } from './placed-replicas';

const node = (address: string, datacenter: string, rack: string, tokens: readonly bigint[]): Node => ({
  address,
  hostId: null,
  datacenter,
  rack,
  release: null,
  tokens: tokens.map(String),
  reachable: { state: 'up' },
  gossip: { state: 'up' },
  gossipSeenBy: null,
  loadBytes: null,
  schemaVersion: null,
  primaryOwnership: null,
  effectiveOwnership: null,
});

const topology = (nodes: Node[], replication: Record<string, string> | null): TopologyResponse => ({
  clusterName: 'test',
  partitioner: 'org.apache.cassandra.dht.Murmur3Partitioner',
  keyspace: 'ks',
  replication,
  nodes,
  schemaAgreement: { agreed: true, versions: [], unheard: [] },
  asOf: '2026-01-01T00:00:00.000Z',
  gaps: [],
});

/** Two datacenters with uneven racks and 16 tokens a node, the tokens spread the same on every run. */
function twoDatacenters(): Node[] {
  let state = 7n;
  const tokens = () =>
    Array.from({ length: 16 }, () => {
      state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
      return state - 2n ** 63n;
    });
  return [
    node('a1', 'dc1', 'r1', tokens()),
    node('a2', 'dc1', 'r1', tokens()),
    node('a3', 'dc1', 'r2', tokens()),
    node('b1', 'dc2', 'r1', tokens()),
    node('b2', 'dc2', 'r1', tokens()),
  ];
}

const NETWORK = { class: 'org.apache.cassandra.locator.NetworkTopologyStrategy', dc1: '2', dc2: '1' };

describe('the replicas of what is pointed at', () => {
  it('follows the keyspace’s replication, the wrap-around included', () => {
    const three = [node('a', 'dc1', 'r1', [-100n]), node('b', 'dc1', 'r1', [0n]), node('c', 'dc1', 'r1', [100n])];
    const place = replicaPlacer(topology(three, { class: 'SimpleStrategy', replication_factor: '2' }));
    expect([-100n, -99n, 100n, 101n].map((token) => place?.(token).addresses)).toEqual([
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
      ['a', 'b'],
    ]);
  });

  it('is the same for every range that an arc joins', () => {
    const nodes = twoDatacenters();
    const place = replicaPlacer(topology(nodes, NETWORK));
    const ring = nodes.map(({ address, tokens, ...rest }) => ({ ...rest, id: address, tokens: tokens.map(BigInt) }));
    const replication = parseReplication(NETWORK);
    if (replication.kind === 'unknown') throw new Error(replication.reason);
    const arcs = arcsOf(nodes);
    expect(arcs.some(({ ranges }) => ranges > 1)).toBe(true);
    for (const { to, from } of arcs) {
      const inside = ring.flatMap(({ tokens }) => tokens).filter((token) => isWithin(token, from, to));
      const all = [to, ...inside].map((token) => replicasOf(token, ring, replication).join());
      expect(new Set(all)).toEqual(new Set([place?.(to).addresses?.join()]));
    }
  });

  it('says why it does not know', () => {
    const nodes = twoDatacenters();
    expect(replicaPlacer(topology(nodes, null))).toBeUndefined();
    expect(replicaPlacer(topology(nodes, { class: 'com.example.Own' }))?.(0n)).toMatchObject({ addresses: undefined });
    expect(replicaPlacer(topology(nodes, { class: 'LocalStrategy' }))?.(0n)).toMatchObject({
      addresses: undefined,
      reason: expect.stringContaining('every node'),
    });
    expect(replicaPlacer(topology([], NETWORK))?.(0n)).toEqual({ addresses: [] });
  });
});

function isWithin(token: bigint, from: bigint, to: bigint): boolean {
  return from < to ? token > from && token <= to : token > from || token <= to;
}
