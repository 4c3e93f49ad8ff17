import type { Keyspace, SizesResponse, TableSize } from '@/lib/contract/schema';
import type { Node, TopologyResponse } from '@/lib/contract/topology';
import { formatCount } from '@/lib/text/format';
import { copiesOf, unreliableReason } from './table-size';

/** The nodes of one rack, counted by each of the two sources of their state. */
export type RackSummary = {
  datacenter: string;
  rack: string;
  nodes: number;
  reachable: StateCount;
  gossip: StateCount;
  loadBytes: number | null;
};

export type StateCount = { up: number; unknown: number };

/** One line for each rack, by datacenter and rack. */
export function rackSummaries(nodes: readonly Node[]): RackSummary[] {
  const racks = new Map<string, Node[]>();
  for (const node of nodes) {
    const key = JSON.stringify([node.datacenter, node.rack]);
    racks.set(key, [...(racks.get(key) ?? []), node]);
  }
  return [...racks.values()]
    .map((members) => ({
      datacenter: members[0]?.datacenter ?? '',
      rack: members[0]?.rack ?? '',
      nodes: members.length,
      reachable: countStates(members.map(({ reachable }) => reachable.state)),
      gossip: countStates(members.map(({ gossip }) => gossip.state)),
      loadBytes: knownSum(members.map(({ loadBytes }) => loadBytes)),
    }))
    .sort((a, b) => a.datacenter.localeCompare(b.datacenter, 'en') || a.rack.localeCompare(b.rack, 'en'));
}

function countStates(states: readonly Node['gossip']['state'][]): StateCount {
  return {
    up: states.filter((state) => state === 'up').length,
    unknown: states.filter((state) => state === 'unknown').length,
  };
}

/** The sum; null if any part is unknown, because a partial sum looks like a whole one. */
export function knownSum(parts: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const part of parts) {
    if (part === null) return null;
    sum += part;
  }
  return sum;
}

/** The releases in the cluster with how many nodes run each, most frequent first; null: unknown. */
export function releaseCounts(nodes: readonly Node[]): { release: string | null; nodes: number }[] {
  const counts = new Map<string | null, number>();
  for (const { release } of nodes) counts.set(release, (counts.get(release) ?? 0) + 1);
  return [...counts].map(([release, count]) => ({ release, nodes: count })).sort((a, b) => b.nodes - a.nodes);
}

/** The nodes whose view of gossip is shown: usually one, such as "127.0.0.1:9042". */
export function gossipWitnesses({ nodes }: TopologyResponse): string[] {
  return [...new Set(nodes.map(({ gossipSeenBy }) => gossipSeenBy).filter((witness) => witness !== null))];
}

export type Replication = { strategy: string; factors: string };

/** Replication options as people write them: { SimpleStrategy, "RF 3" }, { NetworkTopologyStrategy, "dc1: 3, dc2: 2" }. */
export function replicationWords(options: Readonly<Record<string, string>>): Replication {
  const { class: className = '', ...factors } = options;
  const strategy = className.slice(className.lastIndexOf('.') + 1);
  if (factors.replication_factor !== undefined) return { strategy, factors: `RF ${factors.replication_factor}` };
  const words = Object.entries(factors).map(([datacenter, factor]) => `${datacenter}: ${factor}`);
  return { strategy, factors: words.join(', ') };
}

export type KeyspaceSummary = {
  keyspace: Keyspace;
  /** null: no estimate. */
  bytes: number | null;
  partitions: number | null;
  /** On all nodes, rounded up; null: unknown. */
  diskMebibytes: number | null;
  /** Why the estimates mean little; undefined where they fit the disk. */
  unreliable: string | undefined;
};

/** Keyspaces by name with their sizes, Cassandra's own last. */
export function keyspaceSummaries(keyspaces: readonly Keyspace[], sizes: SizesResponse | undefined): KeyspaceSummary[] {
  const known = new Map(sizes?.keyspaces.map((entry) => [entry.keyspace, entry.tables]));
  return keyspaces
    .map((keyspace) => {
      const tables = known.get(keyspace.name);
      const sumOf = (pick: (size: TableSize) => number | null) => knownSum(tables?.map(pick) ?? [null]);
      return {
        keyspace,
        bytes: sumOf(({ bytes }) => bytes),
        partitions: sumOf(({ partitions }) => partitions),
        diskMebibytes: sumOf(({ diskMebibytes }) => diskMebibytes),
        unreliable: unreliableKeyspace(keyspace, tables ?? [], sizes?.nodesAsked ?? 0),
      };
    })
    .sort(
      (a, b) =>
        Number(a.keyspace.system) - Number(b.keyspace.system) || a.keyspace.name.localeCompare(b.keyspace.name, 'en'),
    );
}

/** How much of a keyspace's estimate may come from unreliable tables before the whole is. */
const UNRELIABLE_SHARE = 0.1;

function unreliableKeyspace(keyspace: Keyspace, tables: readonly TableSize[], nodes: number): string | undefined {
  const copies = copiesOf(keyspace.replication);
  const wrong = tables.filter((size) => unreliableReason({ ...size, nodes, copies }) !== undefined);
  const bytes = (of: readonly TableSize[]) => of.reduce((sum, size) => sum + size.bytes, 0);
  if (wrong.length === 0 || bytes(wrong) <= bytes(tables) * UNRELIABLE_SHARE) return undefined;
  const names = wrong.slice(0, 3).map(({ table }) => table);
  const more = wrong.length - names.length;
  return `Estimates of ${names.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''} do not fit what is on disk, so neither does the sum.`;
}
