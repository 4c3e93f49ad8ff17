import { scanFacts } from '@/components/results/count/scan-facts';
import type { ScanProgress } from '@/lib/contract/scans';
import { formatBytes, formatCount, formatElapsed, formatShare, plural } from '@/lib/text/format';

interface Moved {
  readonly rows: number | null;
  readonly bytes: number;
}

/** How far something that runs is. */
export function runningFacts(scan: ScanProgress | null, { rows, bytes }: Moved): string[] {
  const { before, after } = scan === null ? { before: [], after: [] } : scanFacts(scan);
  return [...before, ...(rows === null ? [] : [plural(rows, 'row')]), formatBytes(bytes), ...after];
}

interface Ended {
  readonly complete: boolean;
  /** Null: not known. */
  readonly elapsedMs: number | null;
  /** Share of the ring that was read; null: not known. */
  readonly fraction: number | null;
}

/** What there is in the end, and how long it took; of an unfinished thing also how much of the ring it holds. */
export function endedFacts({ rows, bytes }: Moved, { complete, elapsedMs, fraction }: Ended): string[] {
  const moved = [
    ...(rows === null ? [] : [plural(rows, 'row')]),
    `${formatBytes(bytes)} (${formatCount(bytes)} bytes)`,
  ];
  if (!complete) moved[0] = `ended after ${moved[0]}`;
  if (!complete && fraction !== null) moved.push(`${formatShare(fraction)} of ring`);
  if (elapsedMs === null) return moved;
  const rate = complete && rows !== null && rows > 0 && elapsedMs > 0 ? Math.round((rows * 1_000) / elapsedMs) : null;
  return [...moved, formatElapsed(elapsedMs), ...(rate === null ? [] : [`${formatCount(rate)} rows/s`])];
}

const CLOCK = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** When something began, by this browser's clock. */
export function startedText(startedAt: string): string {
  return CLOCK.format(new Date(startedAt));
}
