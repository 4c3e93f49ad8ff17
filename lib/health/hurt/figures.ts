import { FIGURES, type Figure } from '@/lib/contract/figures';
import type { Figures } from '@/lib/contract/tables';
import { type ClusterFacts, type FactName, type FactRows, type NodeFacts, rowsOf } from '../facts';

/** What the nodes' virtual tables say of each table, by node and joined. */

/** A table's figures on one node. */
export interface NodeFigures {
  readonly node: NodeFacts;
  readonly figures: Figures;
  /** Between the two reads of the counters; null: only one so far. */
  readonly windowMs: number | null;
}

/** `keyspace` and `table` as one key, which no other pair has. */
export function tableKey(keyspace: string, table: string): string {
  return `${keyspace}\u0000${table}`;
}

export const NO_FIGURES: Figures = {
  diskMebibytes: null,
  partitions: null,
  meanPartitionBytes: null,
  maxPartitionMebibytes: null,
  tombstonesP99: null,
  readP50Ms: null,
  readP99Ms: null,
  writeP50Ms: null,
  writeP99Ms: null,
  readsPerSecond: null,
  writesPerSecond: null,
};

type Draft = { -readonly [figure in Figure]: number | null };
interface NodeDraft {
  readonly figures: Draft;
  windowMs: number | null;
}

/** The figures of every table, from each node that answers, by {@link tableKey}. */
export function figuresByTable({ nodes }: Pick<ClusterFacts, 'nodes'>): Map<string, NodeFigures[]> {
  const all = new Map<string, NodeFigures[]>();
  for (const node of nodes) {
    for (const [key, { figures, windowMs }] of figuresOfNode(node)) {
      const list = all.get(key);
      const entry = { node, figures, windowMs };
      if (list === undefined) all.set(key, [entry]);
      else list.push(entry);
    }
  }
  return all;
}

function figuresOfNode(node: NodeFacts): Map<string, NodeDraft> {
  const drafts = new Map<string, NodeDraft>();
  const of = ({ keyspace, table }: { readonly keyspace: string; readonly table: string }): NodeDraft => {
    const key = tableKey(keyspace, table);
    const draft = drafts.get(key) ?? { figures: { ...NO_FIGURES }, windowMs: null };
    drafts.set(key, draft);
    return draft;
  };
  for (const row of rowsOf(node, 'disk')?.rows ?? []) of(row).figures.diskMebibytes = row.value;
  for (const row of rowsOf(node, 'largest')?.rows ?? []) of(row).figures.maxPartitionMebibytes = row.value;
  for (const row of rowsOf(node, 'tombstones')?.rows ?? []) of(row).figures.tombstonesP99 = row.value;
  for (const row of rowsOf(node, 'estimates')?.rows ?? []) {
    const { figures } = of(row);
    figures.partitions = row.partitions;
    figures.meanPartitionBytes = row.partitions === 0 ? null : row.bytes / row.partitions;
  }
  addLatencies(node, 'localReads', of, ['readP50Ms', 'readP99Ms', 'readsPerSecond']);
  addLatencies(node, 'localWrites', of, ['writeP50Ms', 'writeP99Ms', 'writesPerSecond']);
  return drafts;
}

function addLatencies(
  node: NodeFacts,
  name: FactName & ('localReads' | 'localWrites'),
  of: (row: FactRows['localReads']) => NodeDraft,
  [p50, p99, rate]: readonly [Figure, Figure, Figure],
): void {
  const read = rowsOf(node, name);
  if (read === undefined) return;
  const { before } = read;
  const windowMs = before === undefined ? 0 : Date.parse(read.askedAt) - Date.parse(before.askedAt);
  const earlier = new Map(before?.rows.map((row) => [tableKey(row.keyspace, row.table), row.count]));
  for (const row of read.rows) {
    const draft = of(row);
    draft.figures[p50] = row.count === 0 ? null : row.p50Ms;
    draft.figures[p99] = row.count === 0 ? null : row.p99Ms;
    const perSecond = rateOf(row.count, earlier.get(tableKey(row.keyspace, row.table)), windowMs);
    draft.figures[rate] = perSecond;
    if (perSecond !== null) draft.windowMs = Math.max(draft.windowMs ?? 0, windowMs);
  }
}

/**
 * How fast a counter rises; null where it cannot be said: there is no earlier count, or the node has restarted since and
 * counts from zero again.
 */
export function rateOf(count: number, before: number | undefined, windowMs: number): number | null {
  if (before === undefined || windowMs <= 0 || count < before) return null;
  return ((count - before) * 1_000) / windowMs;
}

/** How the nodes' figures become one. Percentiles of several nodes have no mean: the highest is one that a node has. */
const JOINED: Readonly<Record<Figure, 'sum' | 'highest' | 'mean'>> = {
  diskMebibytes: 'sum',
  partitions: 'sum',
  meanPartitionBytes: 'mean',
  maxPartitionMebibytes: 'highest',
  tombstonesP99: 'highest',
  readP50Ms: 'highest',
  readP99Ms: 'highest',
  writeP50Ms: 'highest',
  writeP99Ms: 'highest',
  readsPerSecond: 'sum',
  writesPerSecond: 'sum',
};

/** The figures of a table over all nodes that say something; null where none does. */
export function joinFigures(nodes: readonly Pick<NodeFigures, 'figures'>[]): Figures {
  const joined: Draft = { ...NO_FIGURES };
  for (const figure of FIGURES) {
    const values = nodes.flatMap(({ figures }) => figures[figure] ?? []);
    if (values.length === 0) continue;
    joined[figure] = JOINED[figure] === 'highest' ? values.reduce((most, one) => Math.max(most, one)) : sum(values);
  }
  const counted = nodes.filter(({ figures }) => figures.partitions !== null);
  const partitions = sum(counted.map(({ figures }) => figures.partitions ?? 0));
  const bytes = sum(counted.map(({ figures }) => (figures.partitions ?? 0) * (figures.meanPartitionBytes ?? 0)));
  joined.meanPartitionBytes = partitions === 0 ? null : Math.round(bytes / partitions);
  return joined;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
