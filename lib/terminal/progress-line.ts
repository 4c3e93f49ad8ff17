import 'server-only';
import type { LoadStanding } from '@/lib/contract/load-standing';
import type { ScanProgress } from '@/lib/contract/scans';

/** What is shown while rows are read. */
export interface Moment {
  /** Null until the first page has arrived. */
  readonly scan: ScanProgress | null;
  readonly rows: number;
  /** Of the file; null if there is none. */
  readonly bytes: number | null;
  /** What to show instead, of work that is done elsewhere. */
  readonly text?: string;
  /** Of a load. */
  readonly load?: LoadStanding | undefined;
}

const BAR_CELLS = 20;

/**
 * One line about a running read. Estimates say `about`.
 * @param width characters available; the least important parts are dropped first
 */
export function progressLine(moment: Moment, width = Number.POSITIVE_INFINITY): string {
  if (moment.text !== undefined) return moment.text.slice(0, width);
  const shapes = [
    { hasBar: true, hasExpected: true },
    { hasBar: true, hasExpected: false },
    { hasBar: false, hasExpected: false },
  ];
  const lines = shapes.map((shape) => lineOf(moment, shape));
  return lines.find((line) => line.length <= width) ?? (lines.at(-1) ?? '').slice(0, width);
}

function lineOf(moment: Moment, shape: { hasBar: boolean; hasExpected: boolean }): string {
  const { scan, rows, bytes, load } = moment;
  if (load !== undefined) return loadLine(load, shape.hasBar);
  if (scan === null) return 'connecting';
  const { ringFraction, rowsPerSecond, estimatedRows, estimatedLeftMs, ranges, waitsFor } = scan;
  const expected = estimatedRows !== null && shape.hasExpected ? ` of about ${grouped(Math.round(estimatedRows))}` : '';
  const drawn = ringFraction !== null && shape.hasBar ? `${bar(ringFraction)} ` : '';
  return [
    ...(waitsFor == null ? [] : [`waiting for ${waitsFor} other ${waitsFor === 1 ? 'read' : 'reads'}`]),
    ...(ringFraction === null ? [] : [`${drawn}${percent(ringFraction)} of the ring`]),
    `${grouped(rows)}${expected} rows`,
    ...(rowsPerSecond === null ? [] : [`${grouped(Math.round(rowsPerSecond))} rows/s`]),
    ...(bytes === null ? [] : [byteText(bytes)]),
    ...(estimatedLeftMs === null ? [] : [`about ${durationText(estimatedLeftMs)} left`]),
    ...(ranges.retried === 0 ? [] : [`${ranges.retried} retried`]),
    ...(ranges.failed === 0 ? [] : [`${ranges.failed} ${ranges.failed === 1 ? 'range' : 'ranges'} given up`]),
  ].join(' · ');
}

function loadLine(load: LoadStanding, hasBar: boolean): string {
  const { doing, read, bad, refused, unknown, bytes, totalBytes, rowsPerSecond, verified } = load;
  if (doing === 'verifying') {
    const differ = (verified?.different ?? 0) + (verified?.missing ?? 0);
    return `reading back · ${grouped(verified?.rows ?? 0)} rows${differ === 0 ? '' : ` · ${grouped(differ)} not as loaded`}`;
  }
  const fraction = totalBytes === null || totalBytes === 0 ? null : Math.min(1, bytes / totalBytes);
  const failed = bad + refused + unknown;
  return [
    ...(fraction === null ? [] : [`${hasBar ? `${bar(fraction)} ` : ''}${percent(fraction)}`]),
    `${grouped(read)} rows`,
    ...(rowsPerSecond === null ? [] : [`${grouped(Math.round(rowsPerSecond))} rows/s`]),
    byteText(bytes),
    ...(failed === 0 ? [] : [`${grouped(failed)} failed`]),
  ].join(' · ');
}

function bar(fraction: number): string {
  const full = Math.floor(Math.min(1, Math.max(0, fraction)) * BAR_CELLS);
  return `${'█'.repeat(full)}${'░'.repeat(BAR_CELLS - full)}`;
}

/** Never 100 before everything is done. */
function percent(fraction: number): string {
  return `${fraction >= 1 ? 100 : Math.min(99.9, Math.floor(fraction * 1_000) / 10)} %`;
}

export function grouped(count: number): string {
  return count.toLocaleString('en');
}

export function byteText(bytes: number): string {
  if (bytes < 1e3) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1_000;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}
