import type { TopologyResponse } from '@/lib/contract/topology';
import {
  datacenterSizes,
  firstIndex,
  parseReplication,
  placeAt,
  type RingNode,
  ringTokens,
} from '@/lib/ring/placement';

/** Addresses in replica order, the first replica first; or why they are not known. */
export type PlacedReplicas =
  | { readonly addresses: readonly string[] }
  | { readonly addresses: undefined; readonly reason: string };

/**
 * Finds the replicas of any token for the topology's keyspace; undefined when it has none. What all tokens share is
 * computed once, because every move over the ring needs it. The tokens must be Murmur3's.
 */
export function replicaPlacer(topology: TopologyResponse): ((token: bigint) => PlacedReplicas) | undefined {
  if (topology.replication === null) return undefined;
  const replication = parseReplication(topology.replication);
  if (replication.kind === 'unknown') return always({ addresses: undefined, reason: replication.reason });
  if (replication.kind === 'local') {
    return always({
      addresses: undefined,
      reason: 'every node keeps its own rows, so a token has no place on the ring',
    });
  }
  const nodes = topology.nodes.map(
    ({ address, datacenter, rack, tokens }): RingNode => ({
      id: address,
      datacenter,
      rack,
      tokens: tokens.map(BigInt),
    }),
  );
  const ring = ringTokens(nodes);
  const sizes = datacenterSizes(nodes);
  return (token) => ({
    addresses: ring.length === 0 ? [] : placeAt(ring, firstIndex(ring, token), replication, sizes),
  });
}

function always(placed: PlacedReplicas): (token: bigint) => PlacedReplicas {
  return () => placed;
}
