import type { Figure } from '@/lib/contract/figures';
import type { Reason, TableRow } from '@/lib/contract/tables';
import { formatElapsed } from '@/lib/text/format';
import type { NodeFacts } from '../facts';
import { LARGE_MEBIBYTES, slowReadMsOf, slowWriteMsOf, tombstonesOf } from '../thresholds';
import type { NodeFigures } from './figures';

/**
 * The order of tables by what hurts: how many times over its threshold the worst measure of a table is. Nothing is added up
 * or weighed, so that one sentence says why a table is where it is.
 */

interface Measure {
  readonly figure: Figure;
  readonly thresholdOf: (node: NodeFacts) => number;
  /** `value` on the node where it is worst. */
  readonly words: (value: number, node: string) => string;
  readonly threshold: (at: number) => string;
}

const count = (value: number) => Math.round(value).toLocaleString('en-US');

const MEASURES: readonly Measure[] = [
  {
    figure: 'tombstonesP99',
    thresholdOf: tombstonesOf,
    words: (value, node) => `reads pass over ${count(value)} tombstones (p99 on ${node})`,
    threshold: (at) => `${count(at)} tombstones: tombstone_warn_threshold of the node`,
  },
  {
    figure: 'maxPartitionMebibytes',
    thresholdOf: () => LARGE_MEBIBYTES,
    words: (value, node) => `the largest partition has up to ${count(value)} MiB (on ${node})`,
    threshold: (at) => `${at} MiB: compaction_large_partition_warning_threshold of Cassandra 4.0 and 4.1`,
  },
  {
    figure: 'readP99Ms',
    thresholdOf: slowReadMsOf,
    words: (value, node) => `reads take ${formatElapsed(value)} (p99 on ${node})`,
    threshold: (at) => `${formatElapsed(at)}: slow_query_log_timeout of the node`,
  },
  {
    figure: 'writeP99Ms',
    thresholdOf: slowWriteMsOf,
    words: (value, node) => `writes take ${formatElapsed(value)} (p99 on ${node})`,
    threshold: (at) => `${formatElapsed(at)}: a tenth of write_request_timeout of the node`,
  },
];

/** An index that does not serve is as bad as a measure at its threshold. */
const INDEX_DEGREE = 1;
const INDEX_THRESHOLD = 'every index is built on every node';

interface Measured extends Reason {
  readonly degree: number;
}

/** Why a table is where it is in the order. */
export type Hurt = Pick<TableRow, 'degree' | 'worst' | 'reasons'>;

/** What hurts of a table, the worst first. */
export function hurtOf(nodes: readonly NodeFigures[], indexes: TableRow['indexes']): Hurt {
  const measured = [...MEASURES.flatMap((measure) => worstOf(measure, nodes) ?? []), ...indexReasons(indexes)].sort(
    (a, b) => b.degree - a.degree,
  );
  const [worst] = measured;
  return {
    degree: worst?.degree ?? null,
    worst: worst === undefined ? null : `${worst.text}; the threshold is ${worst.threshold}`,
    reasons: measured.filter(({ degree }) => degree >= 1).map(({ text, threshold }) => ({ text, threshold })),
  };
}

function worstOf({ figure, thresholdOf, words, threshold }: Measure, nodes: readonly NodeFigures[]): Measured | null {
  let worst: Measured | null = null;
  for (const { node, figures } of nodes) {
    const value = figures[figure];
    if (value === null) continue;
    const at = thresholdOf(node);
    const degree = value / at;
    if (worst !== null && degree <= worst.degree) continue;
    worst = { degree, text: words(value, node.node), threshold: threshold(at) };
  }
  return worst;
}

function indexReasons(indexes: TableRow['indexes']): Measured[] {
  return indexes.flatMap(({ name, state }) => {
    if (state !== 'building' && state !== 'not_ready') return [];
    const text = `the index ${name} ${state === 'building' ? 'is being built' : 'cannot be queried'}`;
    return [{ degree: INDEX_DEGREE, text, threshold: INDEX_THRESHOLD }];
  });
}

type Ordered = Pick<TableRow, 'keyspace' | 'table' | 'degree' | 'figures'>;

/**
 * What hurts most first; of equal ones the larger on disk, then by name. A table of which no measure is known comes last:
 * unknown is not zero.
 */
export function byHurt(a: Ordered, b: Ordered): number {
  return (
    (b.degree ?? -1) - (a.degree ?? -1) ||
    (b.figures.diskMebibytes ?? -1) - (a.figures.diskMebibytes ?? -1) ||
    compare(a.keyspace, b.keyspace) ||
    compare(a.table, b.table)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
