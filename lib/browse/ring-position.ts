import { shareOfRow } from '@/lib/grid/page-marks';
import { tokenAtShare } from '@/lib/reader/rail-coverage';
import { estimatedRows } from '@/lib/reader/read-state';
import type { ResultState } from '@/lib/reader/result-state';
import { formatCount, formatShare } from '@/lib/text/format';
import { roundToTwoDigits } from './table-facts';

/** A place on the ring in words. */
export interface RingPosition {
  readonly share: number;
  /** `63.2 %` */
  readonly shareText: string;
  readonly token: string;
  /** `row 12,345` where all rows above it were read, else extrapolated: `~row 1,900,000`; null while that would be a guess. */
  readonly rowText: string | null;
}

/** A share of the ring as a place: its token, and roughly which row of the table it is. */
export function positionAt({ reading }: ResultState, share: number): RingPosition {
  const rows = estimatedRows(reading);
  const rowText = rows === null ? null : `~row ${formatCount(roundToTwoDigits(Math.max(1, Math.round(rows * share))))}`;
  return { share, shareText: formatShare(share), token: String(tokenAtShare(share)), rowText };
}

/** Where a row is; null where rows have no place on the ring. */
export function positionOfRow(state: ResultState, row: number): RingPosition | null {
  const { marks, prior } = state.window;
  const share = shareOfRow(marks, Math.min(Math.max(row, marks.firstRow), marks.endRow - 1));
  if (share === null) return null;
  const position = positionAt(state, share);
  // Read from the start without gaps: the number is exact.
  return prior === null ? { ...position, rowText: `row ${formatCount(row - marks.firstRow + 1)}` } : position;
}
