import type { RangeFailure, ScanProgress } from '@/lib/contract/scans';
import { formatCount, formatElapsed, formatShare, plural } from '@/lib/text/format';

/** How far a scan is, in facts: what is an estimate says so. */
export function scanFacts(scan: ScanProgress): { before: string[]; after: string[] } {
  const { ringFraction, rowsPerSecond, estimatedLeftMs, concurrency, waitsFor, estimatedRows, rows } = scan;
  const expected = estimatedRows === null || estimatedRows <= rows ? null : Math.round(estimatedRows);
  return {
    before: [
      ...(waitsFor == null ? [] : [`waits for ${plural(waitsFor, 'other read')}`]),
      ...(ringFraction === null ? [] : [`${formatShare(ringFraction)} of ring`]),
    ],
    after: [
      ...(rowsPerSecond === null ? [] : [`${formatCount(Math.round(rowsPerSecond))} rows/s`]),
      ...(estimatedLeftMs === null ? [] : [`about ${formatElapsed(estimatedLeftMs)} left (estimate)`]),
      ...(expected === null ? [] : [`~${formatCount(expected)} rows in all (estimate)`]),
      ...(concurrency > 0 ? [`${plural(concurrency, 'page')} at once`] : []),
    ],
  };
}

/** The ranges that need saying: those read again and those given up. */
export function rangeFacts({ ranges }: ScanProgress): string {
  const { total, done, retried, failed } = ranges;
  const facts = [`${formatCount(done)} of ${plural(total, 'range')} done`];
  if (retried > 0) facts.push(`${formatCount(retried)} read again`);
  if (failed > 0) facts.push(`${formatCount(failed)} given up`);
  return facts.join(' · ');
}

/** A range of tokens that is missing, as a person can check it: with the tokens that CQL would name. */
export function failureText({ from, to, error }: RangeFailure): string {
  return `tokens behind ${from} up to ${to}: ${error.message}`;
}
