import type { Row } from '@/lib/client/stream-events';
import { markAt, pageOfRow } from '@/lib/grid/page-marks';
import type { PageRows } from '@/lib/grid/page-rows';
import type { PageWindow } from '@/lib/grid/page-window';
import type { Segment } from './segment';
import type { ReadStart } from './source';

/** The token of a row's partition; null where it is unknown. */
export type TokenOf = (row: Row) => bigint | null;

/** A row to scroll to, and whether to the bottom of the view. */
export interface PlaceInMemory {
  readonly row: number;
  readonly end: boolean;
}

/**
 * Where a place is among the rows in memory; null when it is not among them, or its position is unknown. A place inside a
 * partition is always read.
 */
export function placeInMemory(segment: Segment, place: ReadStart, tokenOf: TokenOf): PlaceInMemory | null {
  const { window } = segment;
  const { marks } = window;
  if (marks.rowCount === 0) return null;
  switch (place.kind) {
    case 'start':
      return window.prior === null ? inMemory(window, marks.firstRow, false) : null;
    case 'end':
      return window.next === null ? inMemory(window, marks.endRow - 1, true) : null;
    case 'token': {
      const first = firstAfter(segment, BigInt(place.token), tokenOf);
      return first === null ? null : inMemory(window, first + place.skip, false);
    }
    case 'value':
      return null;
    default:
      return place satisfies never;
  }
}

function inMemory({ marks, loaded }: PageWindow<Row>, row: number, end: boolean): PlaceInMemory | null {
  const page = pageOfRow(marks, row);
  return page !== undefined && loaded.has(page) ? { row, end } : null;
}

/** The first row after a token; null unless the row before it is in memory too, or known not to exist. */
function firstAfter({ window, began }: Segment, token: bigint, tokenOf: TokenOf): number | null {
  const { marks, loaded } = window;
  const isAfter = (row: Row | undefined) => {
    const own = row && tokenOf(row);
    return own == null ? null : own > token;
  };
  for (const page of [...loaded.keys()].sort((a, b) => a - b)) {
    const rows = loaded.get(page);
    if (rows === undefined || isAfter(rows.at(-1)) !== true) continue;
    const at = partitionPoint(rows, (row) => isAfter(row) === true);
    const isTop = page === marks.firstPage && began !== null && began <= token;
    const isKnown = at > 0 || isTop || isAfter(loaded.get(page - 1)?.at(-1)) === false;
    return isKnown ? (markAt(marks, page)?.firstRow ?? 0) + at : null;
  }
  return null;
}

/** The first row for which `holds` is true, where it stays true for all that follow. */
function partitionPoint(rows: PageRows<Row>, holds: (row: Row | undefined) => boolean): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(rows.at(middle))) high = middle;
    else low = middle + 1;
  }
  return low;
}
