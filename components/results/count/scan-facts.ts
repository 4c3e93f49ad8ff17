import type { RangeFailure, ScanProgress } from '@/lib/contract/scans';
import { formatCount, formatElapsed, formatShare, plural } from '@/lib/text/format';

/** How far a scan has got, as facts; estimates are labeled. */
export function scanFacts(scan: ScanProgress): { before: string[]; after: string[] } {
  const { ringFraction, rowsPerSecond, estimatedLeftMs, concurrency, waitsFor, estimatedRows, rows } = scan;
  const expected = estimatedRows === null || estimatedRows <= rows ? null : Math.round(estimatedRows);
  return {
    before: [
      ...(waitsFor == null ? [] : [`waiting for ${plural(waitsFor, 'other read')}`]),
      ...(ringFraction === null ? [] : [`${formatShare(ringFraction)} of ring`]),
    ],
    after: [
      ...(rowsPerSecond === null ? [] : [`${formatCount(Math.round(rowsPerSecond))} rows/s`]),
      ...(estimatedLeftMs === null ? [] : [`about ${formatElapsed(estimatedLeftMs)} left (estimate)`]),
      ...(expected === null ? [] : [`~${formatCount(expected)} rows in total (estimate)`]),
      ...(concurrency > 0 ? [`${plural(concurrency, 'page')} at once`] : []),
    ],
  };
}

/** How many ranges are done, retried and given up. */
export function rangeFacts({ ranges }: ScanProgress): string {
  const { total, done, retried, failed } = ranges;
  const facts = [`${formatCount(done)} of ${plural(total, 'range')} done`];
  if (retried > 0) facts.push(`${formatCount(retried)} retried`);
  if (failed > 0) facts.push(`${formatCount(failed)} given up`);
  return facts.join(' · ');
}

/** A missing range, with the tokens that a person would use in CQL to check it. */
export function failureText({ from, to, error }: RangeFailure): string {
  return `tokens after ${from} up to ${to}: ${error.message}`;
}
