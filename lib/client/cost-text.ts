import type { Cost } from '@/lib/contract/statements';

/** A cost in a few words, and how hard it is on the cluster, which decides the colour beside the words. */
export interface CostText {
  readonly text: string;
  /** `light`: one replica set answers; `heavy`: every node works on it; `none`: not a read, or unknown. */
  readonly weight: 'light' | 'heavy' | 'none';
}

/** What a read costs, in plain facts: `1 partition`, `3 partitions`, `index, every node`, `whole ring`, … */
export function costText(cost: Cost): CostText {
  switch (cost.scope) {
    case 'one_partition':
      return { text: '1 partition', weight: 'light' };
    case 'partitions':
      return { text: partitions(cost.count), weight: 'light' };
    case 'index':
      return { text: `index${cost.name === null ? '' : ` ${cost.name}`}, every node`, weight: 'heavy' };
    case 'ring_share':
      return { text: ringShare(cost.fraction), weight: 'heavy' };
    case 'whole_ring':
      return { text: 'whole ring', weight: 'heavy' };
    case 'whole_ring_filtering':
      return { text: 'whole ring + filtering', weight: 'heavy' };
    case 'one_node':
      return { text: 'one node', weight: 'light' };
    case 'write':
      return { text: 'write', weight: 'none' };
    case 'schema':
      return { text: 'schema change', weight: 'none' };
    case 'none':
      return { text: 'no rows read', weight: 'none' };
    case 'unknown':
      return { text: 'cost unknown', weight: 'none' };
    default:
      return cost satisfies never;
  }
}

function partitions(count: number | null): string {
  if (count === null) return 'some partitions';
  return count === 1 ? '1 partition' : `${count} partitions`;
}

function ringShare(fraction: number | null): string {
  if (fraction === null) return 'part of the ring';
  const percent = fraction * 100;
  return `${percent < 0.1 ? '< 0.1' : percent.toFixed(1).replace(/\.0$/, '')} % of the ring`;
}
