import type { Latency, NodeStats, PerRead } from '@/lib/contract/stats';

/** The figures of one measure on one node. */
export interface StatsRow {
  readonly node: string;
  /** Null: the node does not report this measure. */
  readonly figures: StatsFigures | null;
}

/** The figures of a measure, in the order of their columns. */
export const STATS_FIGURES = ['p50', 'p99', 'max'] as const;

export interface StatsFigures {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Requests since the node started. */
  readonly count: number;
}

interface StatsMeasure {
  readonly title: string;
  readonly rows: readonly StatsRow[];
}

/** Measures of one unit: they share a scale, so that bars can be compared. */
export interface StatsGroup {
  readonly title: string;
  readonly unit: string;
  readonly measures: readonly StatsMeasure[];
  /** Where bars end: the largest figure, and never so little that a trifle fills the bar. */
  readonly scaleEnd: number;
  /** What a figure of zero stands for, and all figures of zero. */
  readonly zero: { readonly one: string; readonly all: string };
  readonly note: string;
}

/** A bar of 10 ms, or of 100 cells, fills the width at least: below that nothing is wrong. */
const LEAST_MS = 10;
const LEAST_CELLS = 100;

/** What nodes measured of the table, by unit. */
export function statsGroups(nodes: readonly NodeStats[]): readonly StatsGroup[] {
  const latencies = [
    measure('Local reads', nodes, ({ localRead }) => ofLatency(localRead)),
    measure('Local writes', nodes, ({ localWrite }) => ofLatency(localWrite)),
    measure('Coordinated reads', nodes, ({ coordinatorRead }) => ofLatency(coordinatorRead)),
    measure('Coordinated writes', nodes, ({ coordinatorWrite }) => ofLatency(coordinatorWrite)),
  ];
  const tombstones = [measure('Tombstones per read', nodes, ({ tombstonesPerRead }) => ofReads(tombstonesPerRead))];
  const rows = [measure('Rows per read', nodes, ({ rowsPerRead }) => ofReads(rowsPerRead))];
  return [
    {
      title: 'Latency',
      unit: 'ms',
      measures: latencies,
      scaleEnd: scaleEnd(latencies, LEAST_MS),
      zero: { one: '< 0.5', all: 'under 0.5 ms or idle' },
      note: latencyNote(latencies),
    },
    {
      title: 'Tombstones',
      unit: 'cells',
      measures: tombstones,
      scaleEnd: scaleEnd(tombstones, LEAST_CELLS),
      zero: { one: '0', all: 'idle' },
      note: 'Cassandra reports 1 for reads without tombstones.',
    },
    {
      title: 'Rows',
      unit: 'rows',
      measures: rows,
      scaleEnd: scaleEnd(rows, LEAST_CELLS),
      zero: { one: '0', all: 'idle' },
      note: 'Cassandra reports 1 for reads without rows.',
    },
  ];
}

/** 4.0 counts to the microsecond. */
function latencyNote(measures: readonly StatsMeasure[]): string {
  const figures = measures.flatMap(({ rows }) => rows.flatMap((row) => row.figures ?? []));
  const areWhole = figures.every(({ p50, p99, max }) => [p50, p99, max].every(Number.isInteger));
  return `Cassandra reports ${areWhole ? 'whole milliseconds' : 'milliseconds'} of the last minutes.`;
}

function measure(
  title: string,
  nodes: readonly NodeStats[],
  pick: (node: NodeStats) => StatsFigures | null,
): StatsMeasure {
  return { title, rows: nodes.map((node) => ({ node: node.node, figures: pick(node) })) };
}

function ofLatency(latency: Latency | null): StatsFigures | null {
  if (latency === null) return null;
  return { p50: latency.p50Ms, p99: latency.p99Ms, max: latency.maxMs, count: Number(latency.count) };
}

function ofReads(reads: PerRead | null): StatsFigures | null {
  return reads === null ? null : { p50: reads.p50, p99: reads.p99, max: reads.max, count: Number(reads.count) };
}

function scaleEnd(measures: readonly StatsMeasure[], least: number): number {
  const figures = measures.flatMap(({ rows }) => rows.map((row) => row.figures));
  return Math.max(least, ...figures.map((one) => Math.max(one?.max ?? 0, one?.p99 ?? 0)));
}

/** How one node's figures are written: a dash where there is no data, a sentence where all are zero. */
export function statsCells(
  figures: StatsFigures | null,
  zero: StatsGroup['zero'],
): { readonly all: string } | { readonly each: readonly { readonly name: string; readonly text: string }[] } {
  if (figures === null || figures.count === 0) return { all: '–' };
  if (figures.max === 0 && figures.p99 === 0) return { all: zero.all };
  const text = (value: number) => (value === 0 ? zero.one : String(Number(value.toPrecision(3))));
  return { each: STATS_FIGURES.map((name) => ({ name, text: text(figures[name]) })) };
}
