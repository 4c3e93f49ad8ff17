import { describe, expect, it } from 'vitest';
import type { SizesResponse } from '@/lib/contract/schema';
import { changeOf } from '@/lib/ring/change';
import type { RingNode } from '@/lib/ring/placement';
import { parseReplication } from '@/lib/ring/replication';
import {
  alterStatement,
  copySize,
  nodeSteps,
  nodeWarnings,
  planText,
  replicationOptions,
  replicationSteps,
  replicationWarnings,
  type WantedReplication,
} from './change-plan';

const QUARTER = 2n ** 62n;
const NODES = ['a:east', 'x:west', 'b:east', 'y:west'].map((text, index): RingNode => {
  const [id = '', datacenter = ''] = text.split(':');
  return { id, datacenter, rack: 'r1', tokens: [BigInt(index - 2) * QUARTER + 1n] };
});

const network = (factors: Record<string, number>): WantedReplication => {
  return { strategy: 'NetworkTopologyStrategy', factors: new Map(Object.entries(factors)) };
};

function planned(from: WantedReplication, wanted: WantedReplication) {
  const [before, after] = [parseReplication(replicationOptions(from)), parseReplication(replicationOptions(wanted))];
  if (before.kind === 'unknown' || after.kind === 'unknown') throw new Error('unknown');
  const change = changeOf({ nodes: NODES, replication: before }, { nodes: NODES, replication: after });
  const plan = { keyspace: 'k', wanted, change, nodes: NODES };
  return {
    steps: replicationSteps(plan).map(({ where, run }) => `${where}: ${run}`),
    warnings: replicationWarnings(plan, NODES),
  };
}

describe('the plan for another replication', () => {
  it('quotes names, and leaves out a datacenter without replicas', () => {
    expect(alterStatement('My "Space"', network({ "o'hare": 3, gone: 0 }))).toBe(
      `ALTER KEYSPACE "My ""Space""" WITH replication = {'class': 'NetworkTopologyStrategy', 'o''hare': '3'};`,
    );
  });

  it('repairs the nodes that gain within a datacenter, and says who may miss rows', () => {
    expect(planned(network({ east: 1 }), network({ east: 2 }))).toEqual({
      steps: [
        "cqlsh, once: ALTER KEYSPACE k WITH replication = {'class': 'NetworkTopologyStrategy', 'east': '2'};",
        'on a: nodetool repair -full k',
        'on b: nodetool repair -full k',
      ],
      warnings: [
        'Until the data has moved, reads at ONE and LOCAL_ONE may miss rows; QUORUM sees at least one old replica.',
      ],
    });
  });

  it('rebuilds a datacenter that had none', () => {
    expect(planned(network({ east: 2 }), network({ east: 2, west: 1 })).steps).toEqual([
      "cqlsh, once: ALTER KEYSPACE k WITH replication = {'class': 'NetworkTopologyStrategy', 'east': '2', 'west': '1'};",
      'on x: nodetool rebuild --keyspace k -- east',
      'on y: nodetool rebuild --keyspace k -- east',
    ]);
  });

  it('only cleans up where replicas go', () => {
    expect(planned(network({ east: 2 }), network({ east: 1 }))).toEqual({
      steps: [
        "cqlsh, once: ALTER KEYSPACE k WITH replication = {'class': 'NetworkTopologyStrategy', 'east': '1'};",
        'on a: nodetool cleanup k',
        'on b: nodetool cleanup k',
      ],
      warnings: [],
    });
  });

  it('warns of rows that no present replica keeps', () => {
    expect(planned(network({ east: 1 }), network({ west: 1 })).warnings).toEqual([
      'For 100 % of the ring no present replica stays: reads of k find nothing there until the data has moved, and cleanup on the old replicas deletes the only copy if it has not. Add the new replicas first, move the data, and drop the old ones in a second change.',
    ]);
  });

  it('warns of new replicas that outvote the old, and of more replicas than nodes', () => {
    expect(planned(network({ east: 1 }), network({ east: 1, west: 3 })).warnings).toEqual([
      'west has 2 nodes, fewer than the 3 replicas: ALL can never be met.',
      'For 100 % of the ring the new replicas alone are a quorum: until they have the data, reads at QUORUM and weaker may miss rows. Read at ALL meanwhile, or add one replica at a time.',
    ]);
  });
});

describe('the plan for a node', () => {
  const node: RingNode = { id: 'a', datacenter: 'east', rack: 'r1', tokens: [1n, 2n] };
  const runs = (...question: Parameters<typeof nodeSteps>) => nodeSteps(...question).map(({ run }) => run);

  it('starts a new one, then cleans up the others', () => {
    expect(runs({ kind: 'add', node }, ['b'])).toEqual([
      'num_tokens: 2',
      'dc=east\nrack=r1',
      'systemctl start cassandra',
      'nodetool netstats',
      'nodetool cleanup',
    ]);
  });

  it('lets a living one leave, and removes a dead one by its host id', () => {
    expect(runs({ kind: 'remove', node, hostId: 'h', isUp: true }, ['b'])[0]).toBe('nodetool decommission');
    expect(runs({ kind: 'remove', node, hostId: 'h', isUp: false }, ['b'])).toEqual([
      'nodetool removenode h',
      'nodetool removenode status',
      'nodetool repair -full',
    ]);
  });

  it('warns when too few nodes are left, and of uneven racks', () => {
    const keyspaces = [{ name: 'k', replication: { kind: 'network', factors: new Map([['east', 2]]) } as const }];
    const left = NODES.filter(({ id }) => id !== 'a');
    expect(nodeWarnings({ kind: 'remove', node, hostId: null, isUp: true }, left, keyspaces)).toEqual([
      'Fewer nodes than replicas are left for k (2 replicas): decommission refuses this. Lower their replication factor first.',
    ]);
    const added = { ...node, id: 'new', rack: 'r2' };
    expect(nodeWarnings({ kind: 'add', node: added }, [...NODES, added], keyspaces)).toEqual([
      'The racks of east then have 2 nodes in r1, 1 node in r2: nodes of the smaller racks hold more rows.',
    ]);
  });

  it('is text to take along', () => {
    expect(planText([{ where: 'on a', run: 'nodetool cleanup', why: 'it dropped rows' }])).toBe(
      '# on a: it dropped rows\nnodetool cleanup\n',
    );
  });
});

describe('the size of a copy', () => {
  const sizes = (diskMebibytes: number | null, bytes: number): SizesResponse => ({
    source: 'system.table_estimates',
    asOf: '2026-11-29T10:00:00Z',
    nodesAsked: 1,
    nodesAnswered: 1,
    keyspaces: [
      { keyspace: 'k', tables: [{ table: 't', bytes, partitions: 1, meanPartitionBytes: 1, diskMebibytes }] },
    ],
    gaps: [],
  });

  it('comes from the disk where all nodes report it, else from the estimates, and is else unknown', () => {
    expect(copySize(sizes(6, 5), 'k', 3)).toMatchObject({
      bytes: 2 * 2 ** 20,
      source: expect.stringContaining('disk_usage'),
    });
    expect(copySize(sizes(null, 5), 'k', 3)).toMatchObject({
      bytes: 5,
      source: expect.stringContaining('uncompressed'),
    });
    expect(copySize(sizes(null, 0), 'k', 3)).toBeUndefined();
    expect(copySize(sizes(6, 5), 'other', 3)).toBeUndefined();
  });
});
