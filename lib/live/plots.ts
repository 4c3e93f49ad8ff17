import { formatBytes } from '@/lib/text/format';
import { SERIES, type SeriesName } from './series';

/** Which part of the latencies and tombstones is drawn. */
export const QUANTILES = ['p50', 'p99', 'max'] as const;
export type Quantile = (typeof QUANTILES)[number];

type ByQuantile = Readonly<Record<Quantile, SeriesName>>;

/** One plot: a series, or one of three. */
interface PlotFacts {
  readonly id: string;
  readonly title: string;
  readonly series: SeriesName | ByQuantile;
  /** What must be known to read it. */
  readonly note: string;
}

const LATENCY_NOTE =
  'of the slowest table that was asked in the window; the server lets its old values decay over minutes';
const three = (p50: SeriesName, p99: SeriesName, max: SeriesName): ByQuantile => ({ p50, p99, max });

/** In the order of the page. */
export const PLOTS: readonly PlotFacts[] = [
  { id: 'reads', title: 'Reads coordinated', series: 'reads', note: 'of tables of applications' },
  { id: 'writes', title: 'Writes coordinated', series: 'writes', note: 'of tables of applications' },
  {
    id: 'read-latency',
    title: 'Read latency, coordinator',
    series: three('readP50', 'readP99', 'readMax'),
    note: LATENCY_NOTE,
  },
  {
    id: 'write-latency',
    title: 'Write latency, coordinator',
    series: three('writeP50', 'writeP99', 'writeMax'),
    note: LATENCY_NOTE,
  },
  { id: 'scans', title: 'Range reads coordinated', series: 'scans', note: 'of tables of applications' },
  {
    id: 'scan-latency',
    title: 'Range read latency, coordinator',
    series: three('scanP50', 'scanP99', 'scanMax'),
    note: LATENCY_NOTE,
  },
  { id: 'local-reads', title: 'Reads as a replica', series: 'localReads', note: 'of tables of applications' },
  { id: 'local-writes', title: 'Writes as a replica', series: 'localWrites', note: 'of tables of applications' },
  {
    id: 'local-read-latency',
    title: 'Read latency, replica',
    series: three('localReadP50', 'localReadP99', 'localReadMax'),
    note: LATENCY_NOTE,
  },
  {
    id: 'local-write-latency',
    title: 'Write latency, replica',
    series: three('localWriteP50', 'localWriteP99', 'localWriteMax'),
    note: LATENCY_NOTE,
  },
  {
    id: 'pending',
    title: 'Pending tasks',
    series: 'pending',
    note: 'when it was asked, of all pools or the chosen one',
  },
  {
    id: 'blocked',
    title: 'Blocked tasks',
    series: 'blocked',
    note: 'when it was asked, of all pools or the chosen one',
  },
  {
    id: 'tombstones',
    title: 'Tombstones per read',
    series: three('tombstonesP50', 'tombstonesP99', 'tombstonesMax'),
    note: 'of the table with most; the server lets its old values decay over minutes; 0 also means not read yet',
  },
  { id: 'clients', title: 'Client connections', series: 'clients', note: 'Ringside’s own are among them' },
  {
    id: 'disk',
    title: 'Disk used by tables',
    series: 'disk',
    note: 'each table rounded up to a whole MiB by the server',
  },
  { id: 'heap', title: 'Heap used', series: 'heap', note: 'of the Java process' },
  { id: 'gc', title: 'Garbage collection', series: 'gc', note: 'time spent in it' },
  { id: 'dropped', title: 'Dropped messages', series: 'dropped', note: 'of all kinds' },
  { id: 'disk-free', title: 'Free disk', series: 'diskFree', note: 'of all data directories that the endpoint names' },
  { id: 'compactions', title: 'Pending compactions', series: 'compactions', note: 'when it was asked' },
  { id: 'sstables', title: 'SSTables per read', series: 'sstables', note: 'p99, of the table with most' },
];

export function seriesOf({ series }: PlotFacts, quantile: Quantile): SeriesName {
  return typeof series === 'string' ? series : series[quantile];
}

/** A number as people read it, with its unit. */
export function liveText(series: SeriesName, value: number | null): string {
  if (value === null) return 'unknown';
  const { unit } = SERIES[series];
  if (unit === 'bytes') return formatBytes(value);
  // Since 4.1 the server cuts latencies to whole milliseconds, so zero is no latency of zero.
  if (unit === 'ms' && value === 0) return '< 1 ms';
  return `${shortNumber(value)} ${value === 1 ? unit.replace(/^(task|connection)s$/, '$1') : unit}`;
}

/** At most one decimal below 100, and four significant digits. */
function shortNumber(value: number): string {
  if (Number.isInteger(value)) return new Intl.NumberFormat('en-US').format(value);
  return new Intl.NumberFormat('en-US', { maximumSignificantDigits: value < 10 ? 3 : 4 }).format(value);
}

/** The series that only a metrics endpoint has. */
export const BEYOND_CQL: readonly SeriesName[] = ['heap', 'gc', 'dropped', 'diskFree', 'compactions', 'sstables'];
