import { type Anchor, appendMark, markAt, NO_MARKS, type PageMarks, pageOfRow } from './page-marks';

/** Rows `first` to `last`, both inclusive. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** How much is kept in memory; whichever is reached first. Pages in view stay, whatever their size. */
export interface WindowLimits {
  readonly pages: number;
  readonly rows: number;
  readonly bytes: number;
}

export const WINDOW_LIMITS: WindowLimits = { pages: 50, rows: 20_000, bytes: 32 * 1024 * 1024 };

/**
 * The pages of a result that are in memory, out of all that were read. Reading goes on behind the last page only;
 * pages far from the view are dropped and read again, from the anchor that their mark remembers, when it comes back.
 */
export interface PageWindow<Row> {
  readonly marks: PageMarks;
  /** Where the next page begins; null: there is none. */
  readonly next: Anchor | null;
  /** Rows of the pages in memory, by page index. */
  readonly loaded: ReadonlyMap<number, readonly Row[]>;
  readonly view: RowRange;
  readonly limits: WindowLimits;
  /** A page that was read again had another number of rows: the table has changed since it was first read. */
  readonly changed: boolean;
}

export type WindowAction<Row> =
  | { readonly type: 'append'; readonly rows: readonly Row[]; readonly bytes: number; readonly next: Anchor | null }
  | { readonly type: 'refill'; readonly page: number; readonly rows: readonly Row[] }
  | { readonly type: 'view'; readonly view: RowRange };

export function emptyWindow<Row>(start: Anchor, limits: WindowLimits = WINDOW_LIMITS): PageWindow<Row> {
  return { marks: NO_MARKS, next: start, loaded: new Map(), view: { first: 0, last: 0 }, limits, changed: false };
}

export function windowReducer<Row>(state: PageWindow<Row>, action: WindowAction<Row>): PageWindow<Row> {
  switch (action.type) {
    case 'append':
      return append(state, action);
    case 'refill': {
      const mark = markAt(state.marks, action.page);
      if (mark === undefined) return state;
      const loaded = new Map(state.loaded).set(action.page, action.rows.slice(0, mark.rows));
      return evict({ ...state, loaded, changed: state.changed || action.rows.length !== mark.rows });
    }
    case 'view':
      return { ...state, view: action.view };
    default:
      return action satisfies never;
  }
}

function append<Row>(state: PageWindow<Row>, action: Extract<WindowAction<Row>, { type: 'append' }>): PageWindow<Row> {
  const { rows, bytes, next } = action;
  if (state.next === null) return state;
  // A page without rows only moves the place from which to read on.
  if (rows.length === 0) return { ...state, next };
  const marks = appendMark(state.marks, { rows: rows.length, bytes, anchor: state.next });
  return evict({ ...state, marks, next, loaded: new Map(state.loaded).set(state.marks.count, rows) });
}

function evict<Row>(state: PageWindow<Row>): PageWindow<Row> {
  const pages = [...state.loaded.keys()]
    .map((index) => ({ index, ...sizeOf(state, index), distance: distanceToView(state, index) }))
    .sort((a, b) => a.distance - b.distance);
  const { limits } = state;
  const loaded = new Map<number, readonly Row[]>();
  const kept = { pages: 0, rows: 0, bytes: 0 };
  for (const { index, rows, bytes, distance } of pages) {
    kept.pages += 1;
    kept.rows += rows;
    kept.bytes += bytes;
    const fits = kept.pages <= limits.pages && kept.rows <= limits.rows && kept.bytes <= limits.bytes;
    if (!fits && distance > 0) break;
    loaded.set(index, state.loaded.get(index) ?? []);
  }
  return loaded.size === state.loaded.size ? state : { ...state, loaded };
}

function sizeOf<Row>(state: PageWindow<Row>, index: number): { rows: number; bytes: number } {
  const mark = markAt(state.marks, index);
  return { rows: mark?.rows ?? 0, bytes: mark?.bytes ?? 0 };
}

/** Rows between a page and the view; 0 when they meet. */
function distanceToView<Row>({ marks, view }: PageWindow<Row>, index: number): number {
  const mark = markAt(marks, index);
  if (mark === undefined) return Number.POSITIVE_INFINITY;
  const last = mark.firstRow + mark.rows - 1;
  return Math.max(0, mark.firstRow - view.last, view.first - last);
}

/** A row; `undefined`: not in memory; `null`: in memory was another page, the row is gone since. */
export function rowAt<Row>(state: PageWindow<Row>, row: number): Row | null | undefined {
  const index = pageOfRow(state.marks, row);
  const rows = state.loaded.get(index);
  if (rows === undefined) return undefined;
  return rows[row - (markAt(state.marks, index)?.firstRow ?? 0)] ?? null;
}

/** Pages that `range` needs and that are not in memory, the one at its middle first. */
export function missingPages<Row>(state: PageWindow<Row>, range: RowRange): number[] {
  const last = Math.min(range.last, state.marks.rowCount - 1);
  const from = pageOfRow(state.marks, Math.max(0, range.first));
  const to = pageOfRow(state.marks, last);
  if (from === -1 || to === -1) return [];
  const middle = pageOfRow(state.marks, Math.floor((Math.max(0, range.first) + last) / 2));
  const missing: number[] = [];
  for (let index = from; index <= to; index += 1) if (!state.loaded.has(index)) missing.push(index);
  return missing.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
}
