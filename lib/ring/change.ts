import { datacenterSizes, firstIndex, placeAt, type RingNode, ringTokens } from './placement';
import { rangeSize, rangesOf, shareOfRing } from './ranges';
import type { KnownReplication } from './replication';

/** A ring with the replication of one keyspace. */
export interface RingSide {
  readonly nodes: readonly RingNode[];
  readonly replication: KnownReplication;
}

/** Shares of the keyspace's rows, 0 to 1. */
export interface NodeChange {
  readonly id: string;
  readonly before: number;
  readonly after: number;
  /** That it gets and has no replica of yet. */
  readonly gained: number;
  /** That it holds and is no replica of any more. */
  readonly dropped: number;
}

export interface RingChange {
  /** Every node of either side. */
  readonly nodes: readonly NodeChange[];
  /** Of all nodes together: 1 is one copy of all rows. */
  readonly gained: number;
  readonly dropped: number;
  /** Share of the rows of which no replica stays where it is. */
  readonly orphaned: number;
  /** Share of the rows of which the new replicas alone are a quorum, so that a QUORUM read may miss all that is old. */
  readonly outvoted: number;
}

/**
 * What a change of the ring or of a keyspace's replication moves, range by range: the tokens of both sides cut the ring into
 * pieces that each side places as a whole.
 */
export function changeOf(before: RingSide, after: RingSide): RingChange {
  const [placeBefore, placeAfter] = [replicaSets(before), replicaSets(after)];
  const sums = new Map<string, Sums>();
  const at = (id: string) => {
    const own = sums.get(id) ?? { before: 0n, after: 0n, gained: 0n, dropped: 0n };
    sums.set(id, own);
    return own;
  };
  for (const { id } of [...before.nodes, ...after.nodes]) at(id);
  const all = { gained: 0n, dropped: 0n, orphaned: 0n, outvoted: 0n };
  for (const range of rangesOf([...before.nodes, ...after.nodes].flatMap(({ tokens }) => tokens))) {
    const size = rangeSize(range);
    const [old, now] = [placeBefore(range.to), placeAfter(range.to)];
    for (const id of old) at(id).before += size;
    for (const id of now) at(id).after += size;
    const gained = now.filter((id) => !old.includes(id));
    const dropped = old.filter((id) => !now.includes(id));
    for (const id of gained) at(id).gained += size;
    for (const id of dropped) at(id).dropped += size;
    all.gained += size * BigInt(gained.length);
    all.dropped += size * BigInt(dropped.length);
    if (old.length > 0 && gained.length === now.length) all.orphaned += size;
    if (old.length > 0 && gained.length >= Math.floor(now.length / 2) + 1) all.outvoted += size;
  }
  return {
    nodes: [...sums].map(([id, own]) => ({
      id,
      before: shareOfRing(own.before),
      after: shareOfRing(own.after),
      gained: shareOfRing(own.gained),
      dropped: shareOfRing(own.dropped),
    })),
    gained: shareOfRing(all.gained),
    dropped: shareOfRing(all.dropped),
    orphaned: shareOfRing(all.orphaned),
    outvoted: shareOfRing(all.outvoted),
  };
}

interface Sums {
  before: bigint;
  after: bigint;
  gained: bigint;
  dropped: bigint;
}

/** The replicas of a token, each range placed once. */
function replicaSets({ nodes, replication }: RingSide): (token: bigint) => string[] {
  const [ring, sizes] = [ringTokens(nodes), datacenterSizes(nodes)];
  const known = new Map<number, string[]>();
  return (token) => {
    if (ring.length === 0) return [];
    const index = firstIndex(ring, token);
    const replicas = known.get(index) ?? placeAt(ring, index, replication, sizes);
    known.set(index, replicas);
    return replicas;
  };
}

/**
 * Tokens for a new node that halve the widest ranges of its datacenter, one after another. An assumption: Cassandra chooses
 * a new node's tokens itself, evenly for a given replication factor or at random, and nobody knows them before.
 */
export function evenTokens(nodes: readonly RingNode[], datacenter: string, count: number): bigint[] {
  const taken = new Set(nodes.flatMap(({ tokens }) => tokens));
  const own = nodes.filter((node) => node.datacenter === datacenter).flatMap(({ tokens }) => tokens);
  const chosen: bigint[] = [];
  const ranges = rangesOf(own.length === 0 ? [0n] : own).map((range) => ({ ...range, size: rangeSize(range) }));
  while (chosen.length < count) {
    const widest = ranges.reduce((best, one) => (one.size > best.size ? one : best));
    let token = BigInt.asIntN(64, widest.from + widest.size / 2n);
    while (taken.has(token)) token = BigInt.asIntN(64, token + 1n);
    taken.add(token);
    chosen.push(token);
    const size = rangeSize({ from: widest.from, to: token });
    ranges.push({ from: widest.from, to: token, size });
    widest.size -= size;
    Object.assign(widest, { from: token });
  }
  return chosen;
}
