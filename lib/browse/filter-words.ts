import type { Cost } from '@/lib/contract/statements';
import { formatShare } from '@/lib/text/format';

/** What Cassandra reads to apply the filters. */
export interface FilterReach {
  readonly words: string;
  /** Share of the token ring, 0 to 1; null where it does not follow the ring. */
  readonly ringShare: number | null;
}

/** How much is read to find the matching rows. */
export function filterReach(cost: Cost): FilterReach {
  switch (cost.scope) {
    case 'whole_ring':
    case 'whole_ring_filtering':
      return { words: 'The whole ring: every row of the table, on every node', ringShare: 1 };
    case 'ring_share':
      return { words: shareWords(cost.fraction), ringShare: cost.fraction };
    case 'one_partition':
      return { words: 'One partition: every row that the clustering filters match', ringShare: null };
    case 'partitions':
      return {
        words: `${cost.count ?? 'Some'} partitions: every row that the clustering filters match`,
        ringShare: null,
      };
    case 'index':
      return {
        words: `Every row that the index${cost.name === null ? '' : ` ${cost.name}`} finds, on every node`,
        ringShare: null,
      };
    case 'one_node':
      return { words: 'The whole table of one node', ringShare: null };
    default:
      return { words: 'Unknown', ringShare: null };
  }
}

function shareWords(fraction: number | null): string {
  return fraction === null ? 'A part of the ring' : `${formatShare(fraction)} of the ring: every row there`;
}
