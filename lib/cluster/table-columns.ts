import type { Figure } from '@/lib/contract/figures';
import type { Figures, TableNode, TableRow } from '@/lib/contract/tables';
import { formatBytes, formatCount, formatElapsed } from '@/lib/text/format';

/** The columns of the tables page: one descriptor each, for the list of all tables and for one table by node. */

const MEBIBYTE = 2 ** 20;

export interface FigureColumn {
  readonly figure: Figure;
  readonly header: string;
  /** What it is, where it comes from, and how the nodes' values become one. */
  readonly about: string;
  readonly format: (value: number) => string;
}

const disk = (mebibytes: number) => (mebibytes === 0 ? '0' : `≤ ${formatBytes(mebibytes * MEBIBYTE)}`);
const estimate = (text: string) => `~${text}`;
const milliseconds = (value: number) => (value < 0.5 ? '< 0.5 ms' : formatElapsed(value));
const rate = (value: number) => (value === 0 ? '0' : value < 0.1 ? '< 0.1/s' : `${formatRate(value)}/s`);

function formatRate(value: number): string {
  return value < 10 ? value.toFixed(1) : formatCount(Math.round(value));
}

const DECAYING = 'Of a histogram that decays: the last minutes with requests, and 0 some minutes after.';

export const FIGURE_COLUMNS: readonly FigureColumn[] = [
  {
    figure: 'diskMebibytes',
    header: 'On disk',
    about:
      'Compressed, every replica counted; each node rounds up to whole MiB. Over nodes: the sum. system_views.disk_usage',
    format: disk,
  },
  {
    figure: 'partitions',
    header: 'Partitions',
    about:
      'An estimate of SSTables, each partition once, written by each node every 5 minutes. Over nodes: the sum. system.table_estimates',
    format: (value) => estimate(formatCount(value)),
  },
  {
    figure: 'meanPartitionBytes',
    header: 'Mean partition',
    about: 'An estimate of SSTables, uncompressed. Over nodes: the mean of all partitions. system.table_estimates',
    format: (value) => estimate(formatBytes(value)),
  },
  {
    figure: 'maxPartitionMebibytes',
    header: 'Largest partition',
    about:
      'Of SSTables, rounded up to whole MiB; 0 may mean not compacted yet. Over nodes: the largest. system_views.max_partition_size',
    format: disk,
  },
  {
    figure: 'tombstonesP99',
    header: 'Tombstones per read, p99',
    about: `${DECAYING} Over nodes: the highest. system_views.tombstones_per_read`,
    format: (value) => formatCount(Math.round(value)),
  },
  {
    figure: 'readP50Ms',
    header: 'Read p50',
    about: `Local reads. ${DECAYING} Over nodes: the highest. system_views.local_read_latency`,
    format: milliseconds,
  },
  {
    figure: 'readP99Ms',
    header: 'Read p99',
    about: `Local reads. ${DECAYING} Over nodes: the highest. system_views.local_read_latency`,
    format: milliseconds,
  },
  {
    figure: 'writeP50Ms',
    header: 'Write p50',
    about: `Local writes. ${DECAYING} Over nodes: the highest. system_views.local_write_latency`,
    format: milliseconds,
  },
  {
    figure: 'writeP99Ms',
    header: 'Write p99',
    about: `Local writes. ${DECAYING} Over nodes: the highest. system_views.local_write_latency`,
    format: milliseconds,
  },
  {
    figure: 'readsPerSecond',
    header: 'Reads now',
    about: 'Local reads between two looks at the counter, each replica counted. Over nodes: the sum.',
    format: rate,
  },
  {
    figure: 'writesPerSecond',
    header: 'Writes now',
    about: 'Local writes between two looks at the counter, each replica counted. Over nodes: the sum.',
    format: rate,
  },
];

const UNKNOWN = '–';

/** A figure as text; a dash where it is not known. */
export function figureText({ figure, format }: FigureColumn, figures: Figures): string {
  const value = figures[figure];
  return value === null ? UNKNOWN : format(value);
}

/** How long rows live by the table's default. */
export function ttlText(seconds: number | null): string {
  if (seconds === null) return UNKNOWN;
  if (seconds === 0) return 'none';
  if (seconds % 86_400 === 0) return `${formatCount(seconds / 86_400)} d`;
  return seconds % 3_600 === 0 ? `${formatCount(seconds / 3_600)} h` : `${formatCount(seconds)} s`;
}

/** Indexes in a few words: what is wrong first. */
export function indexText(indexes: TableRow['indexes']): string {
  if (indexes.length === 0) return 'none';
  const of = (state: string) => indexes.filter((one) => one.state === state).length;
  const parts = [
    [of('not_ready'), 'not ready'],
    [of('building'), 'building'],
    [of('unknown'), 'unknown'],
    [of('ready'), 'ready'],
  ] as const;
  return parts.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`])).join(', ');
}

/** The strategy without the words that all strategies have. */
export function compactionText(compaction: string | null): string {
  return compaction === null ? UNKNOWN : compaction.replace(/CompactionStrategy$/, '');
}

export function ownsText({ owns }: Pick<TableNode, 'owns'>): string {
  return owns === null ? UNKNOWN : `${(owns * 100).toFixed(1)} %`;
}
