import type { LoadStanding, LoadVerified } from '@/lib/contract/load-standing';
import { formatCount, plural } from '@/lib/text/format';

/** How a load stands, each record in one count; counts that are 0 are left out, but for the rows written. @param isGoing it has not ended or paused */
export function loadFacts(
  { doing, read, written, bad, refused, unknown, rowsPerSecond }: LoadStanding,
  isGoing: boolean,
): string[] {
  const failed: readonly (readonly [count: number, words: string])[] = [
    [bad, bad === 1 ? 'does not fit the table' : 'do not fit the table'],
    [refused, 'refused'],
    [unknown, 'unknown: they may have been written'],
  ];
  return [
    ...(doing === 'verifying' && isGoing ? ['reading back'] : []),
    `${plural(read, 'record')} read`,
    `${formatCount(written)} written`,
    ...failed.flatMap(([count, words]) => (count === 0 ? [] : [`${formatCount(count)} ${words}`])),
    ...(rowsPerSecond === null || !isGoing ? [] : [`${formatCount(Math.round(rowsPerSecond))} rows/s`]),
  ];
}

/** What reading back has shown. */
export function verifiedWords({ extent, rows, equal, different, missing, overwritten }: LoadVerified): string {
  const others: readonly (readonly [count: number, words: string])[] = [
    [different, 'with other values: newer ones, or ones written since'],
    [missing, 'missing'],
    [overwritten, 'replaced by a later row of the file'],
  ];
  const found = others.flatMap(([count, words]) => (count === 0 ? [] : [`${formatCount(count)} ${words}`]));
  const of = extent === 'full' ? `all ${plural(rows, 'row')}` : `a sample of ${plural(rows, 'row')}`;
  return `Read back ${of}: ${[`${formatCount(equal)} equal`, ...found].join(', ')}.`;
}
