import type { Row } from '@/lib/client/stream-events';
import { markAt, pageOfRow } from '@/lib/grid/page-marks';
import type { PageWindow } from '@/lib/grid/page-window';
import { runLength } from '@/lib/grid/row-runs';
import type { KeyOf } from './segment';

/** A row by its run (its partition, or the values it is ordered by), to find it again. */
export interface RowPosition {
  readonly row: Row;
  /** Rows of its run before it; null where unknown. */
  readonly skip: number | null;
}

/** Null when the row is not in memory. */
export function positionIn({ marks, loaded }: PageWindow<Row>, row: number, keyOf: KeyOf): RowPosition | null {
  const page = pageOfRow(marks, row) ?? Number.NaN;
  const [mark, rows] = [markAt(marks, page), loaded.get(page)];
  const at = row - (mark?.firstRow ?? 0);
  const found = rows?.at(at);
  if (mark === undefined || rows === undefined || found === undefined) return null;
  const before = runLength(rows, at, keyOf) - 1;
  if (before < at) return { row: found, skip: before };
  return { row: found, skip: mark.lead === null ? null : mark.lead + before };
}
