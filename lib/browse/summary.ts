import type { NodeStats, TopPartitions } from '@/lib/contract/stats';

/** What the nodes report together, and how many of them it adds up. */
export interface StatsSummary {
  readonly answered: number;
  readonly asked: number;
  /** Each partition counted once; null where no node has an estimate yet. */
  readonly partitions: number | null;
  readonly meanPartitionBytes: number | null;
  /** Over all nodes' SSTables, in MiB, rounded up by the servers. */
  readonly maxPartitionMebibytes: number | null;
  /** On all nodes, every replica counted. */
  readonly diskMebibytes: number | null;
}

export function summaryOf(nodes: readonly NodeStats[]): StatsSummary {
  const counted = nodes.filter((node) => node.partitions !== null);
  const partitions = sum(counted.map((node) => node.partitions ?? 0));
  const bytes = sum(counted.map((node) => (node.partitions ?? 0) * (node.meanPartitionBytes ?? 0)));
  const largest = nodes.flatMap((node) => node.maxPartitionMebibytes ?? []);
  const disk = nodes.flatMap((node) => node.diskMebibytes ?? []);
  return {
    asked: nodes.length,
    answered: nodes.filter(({ failure }) => failure === null).length,
    partitions: counted.length === 0 ? null : partitions,
    meanPartitionBytes: counted.length === 0 || partitions === 0 ? null : Math.round(bytes / partitions),
    maxPartitionMebibytes: largest.length === 0 ? null : Math.max(...largest),
    diskMebibytes: disk.length === 0 ? null : sum(disk),
  };
}

/** A partition that a repair recorded, with the node whose record it is. */
export interface TopPartition {
  readonly key: string;
  readonly amount: bigint;
  readonly node: string;
  readonly updatedAt: string | null;
}

/** All nodes' records, the largest first, each partition once. */
export function topOf(
  nodes: readonly NodeStats[],
  pick: (node: NodeStats) => TopPartitions | null,
  most: number,
): readonly TopPartition[] {
  const all = nodes.flatMap((node) => {
    const top = pick(node);
    return (top?.partitions ?? []).map(({ key, amount }) => {
      return { key, amount: BigInt(amount), node: node.node, updatedAt: top?.updatedAt ?? null };
    });
  });
  const byKey = new Map<string, TopPartition>();
  for (const entry of all) {
    const known = byKey.get(entry.key);
    if (known === undefined || known.amount < entry.amount) byKey.set(entry.key, entry);
  }
  return [...byKey.values()].sort((a, b) => (a.amount < b.amount ? 1 : a.amount > b.amount ? -1 : 0)).slice(0, most);
}

/** What nodes did not report: each reason once, with its nodes. */
export function gapsOf(nodes: readonly NodeStats[]): readonly string[] {
  const byGap = new Map<string, string[]>();
  for (const { node, failure, gaps } of nodes) {
    for (const gap of failure === null ? gaps : [failure]) byGap.set(gap, [...(byGap.get(gap) ?? []), node]);
  }
  return [...byGap].map(
    ([gap, of]) => `${of.length === nodes.length && of.length > 1 ? 'every node' : of.join(', ')}: ${gap}`,
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
