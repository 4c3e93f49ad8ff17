import { describe, expect, it } from 'vitest';
import type { Keyspace } from '@/lib/contract/schema';
import type { Node } from '@/lib/contract/topology';
import { keyspaceSummaries, knownSum, rackSummaries, releaseCounts, replicationWords } from './overview';

const node = (address: string, extra: Partial<Node> = {}): Node => ({
  address,
  hostId: null,
  datacenter: 'dc1',
  rack: 'r1',
  release: '5.0.9',
  tokens: [],
  reachable: { state: 'up' },
  gossip: { state: 'up' },
  gossipSeenBy: 'a',
  loadBytes: 10,
  schemaVersion: null,
  primaryOwnership: null,
  effectiveOwnership: null,
  ...extra,
});

describe('the overview of nodes', () => {
  it('counts by rack, each source for itself', () => {
    const nodes = [
      node('a', { rack: 'r2' }),
      node('b', { reachable: { state: 'down', reason: 'refused' } }),
      node('c', { gossip: { state: 'unknown' }, loadBytes: null }),
      node('d', { datacenter: 'dc0' }),
    ];
    expect(rackSummaries(nodes)).toEqual([
      {
        datacenter: 'dc0',
        rack: 'r1',
        nodes: 1,
        reachable: { up: 1, unknown: 0 },
        gossip: { up: 1, unknown: 0 },
        loadBytes: 10,
      },
      {
        datacenter: 'dc1',
        rack: 'r1',
        nodes: 2,
        reachable: { up: 1, unknown: 0 },
        gossip: { up: 1, unknown: 1 },
        loadBytes: null,
      },
      {
        datacenter: 'dc1',
        rack: 'r2',
        nodes: 1,
        reachable: { up: 1, unknown: 0 },
        gossip: { up: 1, unknown: 0 },
        loadBytes: 10,
      },
    ]);
  });

  it('does not pass off a partial sum as the whole', () => {
    expect(knownSum([1, 2])).toBe(3);
    expect(knownSum([1, null])).toBeNull();
  });

  it('tells mixed releases apart', () => {
    expect(releaseCounts([node('a', { release: '4.1.10' }), node('b'), node('c')])).toEqual([
      { release: '5.0.9', nodes: 2 },
      { release: '4.1.10', nodes: 1 },
    ]);
  });
});

describe('the overview of keyspaces', () => {
  it.each([
    [{ class: 'org.apache.cassandra.locator.SimpleStrategy', replication_factor: '3' }, 'SimpleStrategy', 'RF 3'],
    [{ class: 'NetworkTopologyStrategy', dc1: '3', dc2: '3/1' }, 'NetworkTopologyStrategy', 'dc1: 3, dc2: 3/1'],
    [{ class: 'org.apache.cassandra.locator.LocalStrategy' }, 'LocalStrategy', ''],
    [{}, '', ''],
  ])('says replication %j', (options, strategy, factors) => {
    expect(replicationWords(options)).toEqual({ strategy, factors });
  });

  it('adds up sizes, and no estimate stays unknown, not zero', () => {
    const keyspace = (name: string, system = false): Keyspace => ({
      name,
      system,
      virtual: false,
      durableWrites: true,
      replication: {},
      tables: [],
      types: [],
      functions: [],
    });
    const sizes = {
      source: 'system.table_estimates',
      asOf: '',
      nodesAsked: 1,
      nodesAnswered: 1,
      gaps: [],
      keyspaces: [
        {
          keyspace: 'b',
          tables: [
            { table: 'x', bytes: 5, partitions: 1, meanPartitionBytes: 5, diskMebibytes: 1 },
            { table: 'y', bytes: 7, partitions: 2, meanPartitionBytes: 3, diskMebibytes: null },
          ],
        },
      ],
    };
    const rows = keyspaceSummaries([keyspace('system', true), keyspace('c'), keyspace('b')], sizes);
    expect(rows.map((row) => [row.keyspace.name, row.bytes, row.partitions, row.diskMebibytes])).toEqual([
      ['b', 12, 3, null],
      ['c', null, null, null],
      ['system', null, null, null],
    ]);
  });

  it('calls a keyspace’s estimate unreliable where a table that does not fit the disk is much of it', () => {
    const MIB = 2 ** 20;
    const keyspace: Keyspace = {
      name: 'k',
      system: false,
      virtual: false,
      durableWrites: true,
      replication: { class: 'SimpleStrategy', replication_factor: '3' },
      tables: [],
      types: [],
      functions: [],
    };
    const size = (table: string, mebibytes: number, diskMebibytes: number) => {
      return { table, bytes: mebibytes * MIB, partitions: 1, meanPartitionBytes: 1, diskMebibytes };
    };
    const of = (...tables: ReturnType<typeof size>[]) =>
      keyspaceSummaries([keyspace], {
        source: '',
        asOf: '',
        nodesAsked: 3,
        nodesAnswered: 3,
        gaps: [],
        keyspaces: [{ keyspace: 'k', tables }],
      })[0];
    expect(of(size('wide', 199, 3), size('good', 90, 90))).toMatchObject({
      diskMebibytes: 93,
      unreliable: 'Estimates of wide do not fit what is on disk, so neither does the sum.',
    });
    expect(of(size('wide', 11, 3), size('good', 200, 200))?.unreliable).toBeUndefined();
    expect(of(size('good', 200, 200))?.unreliable).toBeUndefined();
  });
});
