import type { KnownReplication } from './replication';

export { parseReplication } from './replication';

/** A member of the ring. One without tokens (joining, or left) owns nothing and does not count. */
export interface RingNode {
  /** Any unique identifier: host id or address. */
  readonly id: string;
  readonly datacenter: string;
  readonly rack: string;
  readonly tokens: readonly bigint[];
}

/** One token of the ring and the node it belongs to. */
export interface RingToken {
  readonly token: bigint;
  readonly node: RingNode;
}

/** All tokens in ring order. If two nodes claim a token, the later in the list gets it, as in the server's map. */
export function ringTokens(nodes: readonly RingNode[]): RingToken[] {
  const byToken = new Map<bigint, RingNode>();
  for (const node of nodes) for (const token of node.tokens) byToken.set(token, node);
  return [...byToken]
    .map(([token, node]) => ({ token, node }))
    .sort((left, right) => (left.token < right.token ? -1 : left.token > right.token ? 1 : 0));
}

/** Index of the first token not below this one, wrapping to 0: the owner of the token's range. */
export function firstIndex(ring: readonly RingToken[], token: bigint): number {
  let low = 0;
  let high = ring.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = ring[middle];
    if (at !== undefined && at.token < token) low = middle + 1;
    else high = middle;
  }
  return low === ring.length ? 0 : low;
}

function* walk(ring: readonly RingToken[], start: number): Generator<RingNode> {
  for (let step = 0; step < ring.length; step++) {
    const at = ring[(start + step) % ring.length];
    if (at !== undefined) yield at.node;
  }
}

function placeSimple(ring: readonly RingToken[], start: number, factor: number): string[] {
  const replicas = new Set<string>();
  for (const node of walk(ring, start)) {
    if (replicas.size >= factor) break;
    replicas.add(node.id);
  }
  return [...replicas];
}

/** How many replicas a datacenter still needs, and how often a rack may be reused. */
interface DatacenterQuota {
  left: number;
  rackRepeats: number;
  readonly racks: Set<string>;
}

interface DatacenterSize {
  readonly nodes: Set<string>;
  readonly racks: Set<string>;
}

/** Nodes and racks per datacenter, counting nodes with tokens. Keep it when placing many tokens. */
export type DatacenterSizes = ReadonlyMap<string, DatacenterSize>;

export function datacenterSizes(nodes: readonly RingNode[]): DatacenterSizes {
  const sizes = new Map<string, DatacenterSize>();
  for (const node of nodes) {
    if (node.tokens.length === 0) continue;
    const size = sizes.get(node.datacenter) ?? { nodes: new Set(), racks: new Set() };
    size.nodes.add(node.id);
    size.racks.add(node.rack);
    sizes.set(node.datacenter, size);
  }
  return sizes;
}

function quotas(factors: ReadonlyMap<string, number>, sizes: DatacenterSizes): Map<string, DatacenterQuota> {
  const quota = new Map<string, DatacenterQuota>();
  for (const [datacenter, factor] of factors) {
    const size = sizes.get(datacenter);
    if (size === undefined || factor <= 0) continue;
    const left = Math.min(factor, size.nodes.size);
    quota.set(datacenter, { left, rackRepeats: factor - size.racks.size, racks: new Set() });
  }
  return quota;
}

/**
 * One walk around the ring for all datacenters. Each takes nodes from unused racks, and reuses a rack only as often as there
 * are fewer racks than replicas (`NetworkTopologyStrategy.calculateNaturalReplicas`).
 */
function placeNetwork(
  ring: readonly RingToken[],
  start: number,
  factors: ReadonlyMap<string, number>,
  sizes: DatacenterSizes,
): string[] {
  const quota = quotas(factors, sizes);
  const replicas = new Set<string>();
  let datacentersToFill = quota.size;
  for (const node of walk(ring, start)) {
    if (datacentersToFill === 0) break;
    const own = quota.get(node.datacenter);
    if (own === undefined || own.left === 0 || replicas.has(node.id)) continue;
    const isNewRack = !own.racks.has(node.rack);
    if (!isNewRack && own.rackRepeats <= 0) continue;
    if (!isNewRack) own.rackRepeats--;
    own.racks.add(node.rack);
    replicas.add(node.id);
    own.left--;
    if (own.left === 0) datacentersToFill--;
  }
  return [...replicas];
}

/** The replicas of the range that ends at `ring[start]`, the primary first. Each node once. */
export function placeAt(
  ring: readonly RingToken[],
  start: number,
  replication: KnownReplication,
  sizes: DatacenterSizes,
): string[] {
  switch (replication.kind) {
    case 'simple':
      return placeSimple(ring, start, replication.factor);
    case 'network':
      return placeNetwork(ring, start, replication.factors, sizes);
    case 'everywhere':
      return placeSimple(ring, start, Number.POSITIVE_INFINITY);
    case 'local':
      return [];
    default:
      return replication satisfies never;
  }
}

/** Returns which nodes have a token's rows. */
export type Placer = (token: bigint, replication: KnownReplication) => readonly string[];

/** As {@link replicasOf}, for many tokens of one ring: each of its ranges is placed once. */
export function placer(nodes: readonly RingNode[]): Placer {
  const [ring, sizes] = [ringTokens(nodes), datacenterSizes(nodes)];
  const placed = new WeakMap<KnownReplication, Map<number, readonly string[]>>();
  return (token, replication) => {
    const known = placed.get(replication) ?? new Map<number, readonly string[]>();
    placed.set(replication, known);
    const start = firstIndex(ring, token);
    const replicas = known.get(start) ?? placeAt(ring, start, replication, sizes);
    known.set(start, replicas);
    return replicas;
  };
}

/**
 * Ids of the nodes that have a token's rows, in the server's order, primary first. Empty for a `local` keyspace, whose rows
 * belong to the queried node, and if no datacenter of the strategy has nodes.
 */
export function replicasOf(
  token: bigint,
  nodes: readonly RingNode[],
  replication: KnownReplication,
): readonly string[] {
  return placer(nodes)(token, replication);
}
