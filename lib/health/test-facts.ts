import type { Keyspace, Table } from '@/lib/contract/schema';
import type { NodeState } from '@/lib/contract/topology';
import type { ClusterFacts, FactName, FactRows, NodeFacts, NodeReads, Read, ViewRow } from './facts';

/** A healthy cluster of three nodes, and ways to make it worse. */

const AT = '2026-11-29T10:00:00.000Z';
const EARLIER = '2026-11-29T09:55:00.000Z';

export function rowsRead<Name extends FactName>(
  rows: readonly FactRows[Name][],
  before?: readonly FactRows[Name][],
): Read<FactRows[Name]> {
  const earlier = before === undefined ? {} : { before: { rows: before, askedAt: EARLIER } };
  return { outcome: 'rows', rows, askedAt: AT, statement: 'SELECT * FROM system_views.test', ...earlier };
}

export function view(id: number, state: NodeState['state'] = 'up', more: Partial<ViewRow> = {}): ViewRow {
  return {
    hostId: `host${id}`,
    state: { state },
    release: '5.0.9',
    schemaVersion: 'v1',
    datacenter: 'dc1',
    rack: `rack${id}`,
    loadBytes: 1_000_000,
    ...more,
  };
}

export function local(more: Partial<FactRows['local']> = {}): FactRows['local'] {
  return {
    clusterName: 'c',
    partitioner: 'Murmur3Partitioner',
    release: '5.0.9',
    schemaVersion: 'v1',
    clockMs: 1_000_000,
    sentMs: 999_990,
    receivedMs: 1_000_010,
    ...more,
  };
}

export const SETTINGS: readonly FactRows['settings'][] = [
  { name: 'authenticator', value: 'AllowAllAuthenticator' },
  { name: 'max_hint_window', value: '3h' },
  { name: 'tombstone_warn_threshold', value: '1000' },
];

export function pool(more: Partial<FactRows['pools']> = {}): FactRows['pools'] {
  return { name: 'ReadStage', active: 0, limit: 32, pending: 0, blocked: 0, blockedEver: 0, ...more };
}

export function client(more: Partial<FactRows['clients']> = {}): FactRows['clients'] {
  return {
    address: '10.0.0.9',
    driver: 'x 1',
    protocol: 5,
    user: 'app',
    isEncrypted: false,
    application: null,
    ...more,
  };
}

const address = (id: number) => `127.0.0.${id}:9042`;

export function node(id: number, reads: NodeReads = {}, more: Partial<NodeFacts> = {}): NodeFacts {
  return {
    node: address(id),
    hostId: `host${id}`,
    datacenter: 'dc1',
    rack: `rack${id}`,
    silence: null,
    reads: {
      local: rowsRead<'local'>([local()]),
      gossip: rowsRead<'gossip'>([view(1), view(2), view(3)]),
      settings: rowsRead<'settings'>(SETTINGS),
      peers: rowsRead<'peers'>([]),
      outbound: rowsRead<'outbound'>([]),
      queries: rowsRead<'queries'>([]),
      hints: rowsRead<'hints'>([]),
      clients: rowsRead<'clients'>([]),
      caches: rowsRead<'caches'>([]),
      largest: rowsRead<'largest'>([]),
      disk: rowsRead<'disk'>([]),
      tombstones: rowsRead<'tombstones'>([]),
      snapshots: rowsRead<'snapshots'>([]),
      tasks: rowsRead<'tasks'>([]),
      pools: rowsRead<'pools'>([pool({ blockedEver: 4 })], [pool({ blockedEver: 4 })]),
      ...reads,
    },
    ...more,
  };
}

export const silent = (id: number): NodeFacts =>
  node(id, {}, { silence: { lastAnswerAt: EARLIER, reason: 'it does not react in time', isLate: false } });

/** A node that sees node 3 in some state. */
export const seeing = (id: number, state: NodeState['state']): NodeFacts =>
  node(id, { gossip: rowsRead<'gossip'>([view(1), view(2), view(3, state)]) });

export function table(name: string): Table {
  return { name, id: name, kind: 'table', baseTable: null, comment: '', columns: [], indexes: [] };
}

export function keyspace(
  name: string,
  replication: Record<string, string>,
  tables: readonly Table[] = [table('t')],
): ClusterFacts['keyspaces'][number] & Pick<Keyspace, 'system'> {
  return { name, system: name.startsWith('system'), virtual: false, replication, tables: [...tables] };
}

export const network = (factors: Record<string, string>) => ({
  class: 'org.apache.cassandra.locator.NetworkTopologyStrategy',
  ...factors,
});
export const simple = (factor: number) => ({
  class: 'org.apache.cassandra.locator.SimpleStrategy',
  replication_factor: String(factor),
});

export function member(
  id: number,
  datacenter = 'dc1',
  rack = `rack${id}`,
  tokens: readonly bigint[] = [BigInt(id) * 6_000_000_000_000_000_000n - 9_000_000_000_000_000_000n],
) {
  return { id: `host${id}`, node: address(id), datacenter, rack, tokens, release: '5.0.9', schemaVersion: 'v1' };
}

export function facts(more: Partial<ClusterFacts> = {}): ClusterFacts {
  return {
    asOf: AT,
    nodes: [node(1), node(2), node(3)],
    members: [member(0), member(1), member(2)].map((one, index) => ({ ...one, ...place(index + 1) })),
    keyspaces: [keyspace('shop', network({ dc1: '3' })), keyspace('system_auth', simple(1))],
    tables: [{ keyspace: 'shop', table: 't', compaction: 'SizeTieredCompactionStrategy', defaultTtlSeconds: 0 }],
    schemaReadAt: AT,
    schemaFailure: null,
    ...more,
  };
}

function place(id: number) {
  return { id: `host${id}`, node: address(id), rack: `rack${id}` };
}

/** Two datacenters: nodes 1 and 2 in dc1, node 3 in dc2. */
export const TWO_CENTERS: ClusterFacts['members'] = [
  member(0, 'dc1', 'rack1'),
  member(1, 'dc1', 'rack2'),
  member(2, 'dc2', 'rack1'),
].map((one, index) => ({ ...one, id: `host${index + 1}`, node: address(index + 1) }));
