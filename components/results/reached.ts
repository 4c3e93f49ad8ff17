import type { HeaderFrame } from '@/lib/contract/frames';
import type { Reading } from './reading';
import { columnType, valuePreview } from './value-text';

const LONGEST = 60;

/**
 * How far a reading inside one partition has got: the clustering values of the last row read. Null where the share of
 * the ring says it, or nothing does.
 */
export function reachedIn({ page, lastRow }: Reading, header: HeaderFrame): string | null {
  if (page === null || page.ringFraction !== null || lastRow === null) return null;
  const values = header.columns.flatMap(({ kind, type }, index) =>
    kind === 'clustering' ? [valuePreview(lastRow[index] ?? null, columnType(type), LONGEST)] : [],
  );
  return values.length === 0 ? null : values.join(', ');
}
