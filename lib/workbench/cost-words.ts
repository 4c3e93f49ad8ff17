import type { Cost } from '@/lib/contract/statements';

/** What a cost means: who works for the statement, in one sentence. Undefined where the cost is not known. */
export function costWords(cost: Cost): string | undefined {
  switch (cost.scope) {
    case 'one_partition':
      return 'The replicas of one key answer.';
    case 'partitions':
      return 'The replicas of each key answer.';
    case 'index':
      return 'Every node searches its part of the index.';
    case 'ring_share':
      return 'Nodes read every row in this part of the ring, page by page.';
    case 'whole_ring':
      return 'Nodes read every row of the table, page by page.';
    case 'write':
      return 'Changes data. You confirm it first.';
    case 'schema':
      return 'Changes the schema on every node. You confirm it first.';
    // Its warning says it.
    case 'whole_ring_filtering':
    case 'one_node':
    case 'none':
    case 'unknown':
      return undefined;
    default:
      return cost satisfies never;
  }
}
