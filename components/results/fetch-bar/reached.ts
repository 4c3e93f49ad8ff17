import type { HeaderFrame } from '@/lib/contract/frames';
import type { ReadState } from '@/lib/reader/read-state';
import { columnType, valuePreview } from '@/lib/values/value-text';

const LONGEST = 60;

/**
 * How far a read without a share of the ring has got: the clustering values of the last row, preceded by its partition
 * key when there are several partitions. Null where the share of the ring shows it, all is read, or nothing can tell.
 */
export function reachedIn(reading: ReadState, { columns }: HeaderFrame): string | null {
  const { phase, page, firstRow, lastRow } = reading;
  if (phase === 'complete' || page === null || page.ringFraction !== null || lastRow === null) return null;
  const kinds = columns.map(({ kind }) => kind);
  const onePartition = kinds.every(
    (kind, index) => kind !== 'partition_key' || JSON.stringify(firstRow?.[index]) === JSON.stringify(lastRow[index]),
  );
  const values = columns.flatMap(({ kind, type }, index) =>
    kind === 'clustering' || (kind === 'partition_key' && !onePartition)
      ? [valuePreview(lastRow[index] ?? null, columnType(type), LONGEST)]
      : [],
  );
  return values.length === 0 ? null : values.join(', ');
}
