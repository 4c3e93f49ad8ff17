import { datacenterSizes, placeAt, type RingNode, type RingToken, ringTokens } from './placement';
import { rangeSize, shareOfRing } from './ranges';
import type { KnownReplication } from './replication';

function sizeAt(ring: readonly RingToken[], index: number, token: bigint): bigint {
  return rangeSize({ from: ring.at(index - 1)?.token ?? token, to: token });
}

function toShares(nodes: readonly RingNode[], sums: ReadonlyMap<string, bigint>): Map<string, number> {
  return new Map(nodes.map(({ id }) => [id, shareOfRing(sums.get(id) ?? 0n)]));
}

/** Share of the whole ring that each node's primary ranges cover, 0 to 1; they add up to 1. */
export function primaryOwnership(nodes: readonly RingNode[]): Map<string, number> {
  const ring = ringTokens(nodes);
  const sums = new Map<string, bigint>();
  for (const [index, { token, node }] of ring.entries()) {
    sums.set(node.id, (sums.get(node.id) ?? 0n) + sizeAt(ring, index, token));
  }
  return toShares(nodes, sums);
}

/**
 * Share of a keyspace's rows that each node holds a replica of, 0 to 1, as `nodetool status KEYSPACE` prints: within a
 * datacenter they add up to its replication factor, or to its number of nodes if that is smaller. Undefined for a
 * `local` keyspace, where nothing is shared.
 */
export function effectiveOwnership(
  nodes: readonly RingNode[],
  replication: KnownReplication,
): Map<string, number> | undefined {
  if (replication.kind === 'local') return undefined;
  const ring = ringTokens(nodes);
  const sizes = datacenterSizes(nodes);
  const sums = new Map<string, bigint>();
  for (const [index, { token }] of ring.entries()) {
    const size = sizeAt(ring, index, token);
    for (const id of placeAt(ring, index, replication, sizes)) sums.set(id, (sums.get(id) ?? 0n) + size);
  }
  return toShares(nodes, sums);
}
