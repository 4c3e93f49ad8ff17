import { roundToTwoDigits } from '@/lib/browse/table-facts';
import { estimatedRows, type Reading } from '@/lib/reader/reading';
import { formatCount, plural } from '@/lib/text/format';

/** How many rows: exact when all were read, else extrapolated and called so; nothing while neither can be told. */
export function RowCount({ reading }: { reading: Reading }) {
  if (reading.phase === 'complete') return <span>{plural(reading.total ?? reading.rows, 'row')}</span>;
  const estimate = estimatedRows(reading);
  if (estimate === null) return null;
  return (
    <span title="Rows read, divided by the share of the token ring that they cover">
      ~{formatCount(roundToTwoDigits(estimate))} rows (extrapolated)
    </span>
  );
}
