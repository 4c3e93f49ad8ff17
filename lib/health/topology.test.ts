import { describe, expect, it } from 'vitest';
import type { ClusterFacts } from './facts';
import { facts, keyspace, local, network, node, rowsRead, seeing, silent, simple, view } from './test-facts';
import { topologyOf } from './topology';

const NAMES = { clusterName: 'c', partitioner: 'p', keyspace: null };
const shop = { name: 'shop', replication: network({ dc1: '3' }) };
const topology = (given: ClusterFacts = facts(), more: Partial<Parameters<typeof topologyOf>[1]> = {}) =>
  topologyOf(given, { ...NAMES, ...more });
const third = (given: ClusterFacts) => topology(given).nodes[2];
const late = { lastAnswerAt: null, reason: 'It was asked 0.7 s ago.', isLate: true };

describe('the topology', () => {
  it('has every member, by datacenter, rack and address, with one observer’s gossip', () => {
    const { nodes, gaps, schemaAgreement } = topology();
    expect(nodes.map(({ address, reachable, gossip }) => [address, reachable.state, gossip.state])).toEqual([
      ['127.0.0.1:9042', 'up', 'up'],
      ['127.0.0.2:9042', 'up', 'up'],
      ['127.0.0.3:9042', 'up', 'up'],
    ]);
    expect(new Set(nodes.map(({ gossipSeenBy }) => gossipSeenBy))).toEqual(new Set(['127.0.0.1:9042']));
    expect(nodes.map(({ loadBytes }) => loadBytes)).toEqual([1_000_000, 1_000_000, 1_000_000]);
    expect(schemaAgreement).toMatchObject({ agreed: true, unheard: [] });
    expect(gaps).toEqual([]);
  });

  it('calls a node unknown while it may still answer, and down from here once it has not', () => {
    expect(third(facts({ nodes: [node(1), node(2), node(3, {}, { silence: late })] }))?.reachable).toEqual({
      state: 'unknown',
      reason: late.reason,
    });
    expect(third(facts({ nodes: [node(1), node(2), silent(3)] }))?.reachable.state).toBe('down');
    expect(third(facts({ nodes: [node(1), node(2)] }))?.reachable.state).toBe('unknown');
    expect(third(facts({ nodes: [node(1), node(2), { ...node(3), reads: {} }] }))?.reachable.state).toBe('unknown');
  });

  it('takes what a silent node last gossiped, and its own words while it answers', () => {
    const own = { local: rowsRead<'local'>([local({ release: '4.1.10', schemaVersion: 'v2' })]) };
    const answers = facts({ nodes: [node(1), node(2), node(3, own)] });
    expect(third(answers)).toMatchObject({ release: '4.1.10', schemaVersion: 'v2' });
    const { nodes, schemaAgreement } = topology(facts({ nodes: [node(1), node(2), silent(3)] }));
    expect(nodes[2]).toMatchObject({ release: '5.0.9', schemaVersion: 'v1' });
    expect(schemaAgreement.unheard).toEqual([{ node: '127.0.0.3:9042', lastVersion: 'v1' }]);
  });

  it('asks another observer where the first is silent', () => {
    const given = facts({ nodes: [silent(1), seeing(2, 'down'), node(3)] });
    expect(third(given)).toMatchObject({ gossip: { state: 'down' }, gossipSeenBy: '127.0.0.2:9042' });
  });

  it('says why there is no gossip, and no load', () => {
    const lacking = { outcome: 'no_such_table', statement: 'SELECT * FROM system_views.gossip_info' } as const;
    const reads = { gossip: lacking, local: rowsRead<'local'>([local({ release: '4.0.19' })]) };
    const gap = 'Cassandra 4.0.19 has no system_views.gossip_info: it came with 4.1.';
    const old = topology(facts({ nodes: [node(1, reads), node(2, reads), node(3, reads)] }));
    expect(old.gaps).toEqual([gap]);
    expect(old.nodes[0]).toMatchObject({ gossip: { state: 'unknown', reason: gap }, loadBytes: null, loadReason: gap });
    const refused = { outcome: 'not_permitted', statement: '', reason: 'This user lacks it.', role: 'r' } as const;
    const given = facts({ nodes: [node(1, { gossip: refused })] });
    expect(topology(given).gaps).toEqual(['system_views.gossip_info: This user lacks it.']);
    const other = facts({ nodes: [node(1, { gossip: rowsRead<'gossip'>([view(1), view(2)]) })] });
    expect(third(other)?.gossip.reason).toBe('127.0.0.1:9042 has no gossip entry for it');
  });

  it('shares the ring out, for a keyspace whose placement is known', () => {
    const shares = (given: ReturnType<typeof topology>) =>
      given.nodes.map(({ effectiveOwnership }) => effectiveOwnership);
    expect(shares(topology())).toEqual([null, null, null]);
    expect(shares(topology(facts(), { keyspace: shop }))).toEqual([1, 1, 1]);
    const { nodes } = topology(facts(), { keyspace: { name: 'one', replication: simple(1) } });
    expect(nodes.reduce((sum, { effectiveOwnership }) => sum + (effectiveOwnership ?? 0), 0)).toBeCloseTo(1, 9);
    const odd = keyspace('odd', { class: 'com.example.Own' });
    expect(topology(facts(), { keyspace: odd }).gaps.join()).toContain('com.example.Own');
  });
});
