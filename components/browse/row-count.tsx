import { roundToTwoDigits } from '@/lib/browse/table-facts';
import { estimatedRows, type ReadState } from '@/lib/reader/read-state';
import { formatCount, plural } from '@/lib/text/format';

/** How many rows: exact when all were read, else extrapolated and labeled so; nothing while neither is known. */
export function RowCount({ reading }: { reading: ReadState }) {
  if (reading.phase === 'complete')
    return <span className="shrink-0">{plural(reading.total ?? reading.rows, 'row')}</span>;
  const estimate = estimatedRows(reading);
  if (estimate === null) return null;
  return (
    <span className="shrink-0" title="Rows read, divided by the share of the token ring that they cover">
      ~{formatCount(roundToTwoDigits(estimate))} rows (extrapolated)
    </span>
  );
}
