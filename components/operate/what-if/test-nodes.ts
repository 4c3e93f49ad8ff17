import type { Node } from '@/lib/contract/topology';

export interface ChoiceProps {
  readonly keyspace: string;
  readonly level: string;
}

const QUARTER = 2n ** 61n;

/** Five nodes in two datacenters: x is down, and nobody knows about y. */
export const NODES: readonly Node[] = (
  [
    ['a', 'east', 'r1', 'up'],
    ['b', 'east', 'r1', 'up'],
    ['c', 'east', 'r2', 'up'],
    ['x', 'west', 'r9', 'down'],
    ['y', 'west', 'r9', 'unknown'],
  ] as const
).map(([address, datacenter, rack, state], index) => ({
  address,
  datacenter,
  rack,
  hostId: null,
  release: null,
  tokens: [String(BigInt(index) * QUARTER)],
  reachable: { state },
  gossip: { state },
  gossipSeenBy: null,
  loadBytes: null,
  schemaVersion: null,
  primaryOwnership: null,
  effectiveOwnership: null,
}));
