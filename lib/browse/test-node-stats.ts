import type { NodeStats } from '@/lib/contract/stats';

/** What a node says of a table of which it knows nothing, but for `more`. */
export function nodeStats(node: string, more: Partial<NodeStats> = {}): NodeStats {
  return {
    node,
    failure: null,
    partitions: null,
    meanPartitionBytes: null,
    maxPartitionMebibytes: null,
    diskMebibytes: null,
    localRead: null,
    localWrite: null,
    coordinatorRead: null,
    coordinatorWrite: null,
    tombstonesPerRead: null,
    rowsPerRead: null,
    largest: null,
    mostTombstones: null,
    gaps: [],
    ...more,
  };
}
