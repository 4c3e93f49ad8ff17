import {
  type Anchor,
  appendMark,
  markAt,
  NO_MARKS,
  type PageFacts,
  type PageMarks,
  pageOfRow,
  prependMark,
} from './page-marks';
import type { PageRows } from './page-rows';

/** Rows `first` to `last`, both inclusive. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** The rows that are drawn, those beyond the edges included, and the first one that is seen. */
export interface RowView extends RowRange {
  readonly top: number;
}

/** How much is kept in memory; whichever is reached first. Pages in view stay, whatever their size. */
export interface WindowLimits {
  readonly pages: number;
  readonly rows: number;
  readonly bytes: number;
}

export const WINDOW_LIMITS: WindowLimits = { pages: 50, rows: 20_000, bytes: 32 * 1024 * 1024 };

/** A page as it is added: its rows, or null where they were let go already and only its place is kept. */
export interface NewPage<Row> extends PageFacts {
  readonly kept: PageRows<Row> | null;
}

/**
 * The pages of a result that are in memory, out of all that were read around one place. It grows after the last page
 * (`next`) and above the first (`prior`); pages far from the view are dropped and reloaded, from the anchor that their
 * mark remembers, when it comes back. Row numbers never change: see {@link PageMarks}.
 */
export interface PageWindow<Row> {
  readonly marks: PageMarks;
  /** Where the next page begins; null: there is none. */
  readonly next: Anchor | null;
  /** Where the rows above are read from: those of a `range` or a `value` read backwards; null: there are none. */
  readonly prior: Anchor | null;
  /** Rows of the pages in memory, by page. */
  readonly loaded: ReadonlyMap<number, PageRows<Row>>;
  readonly view: RowRange;
  readonly limits: WindowLimits;
  /** A page that was reloaded had another number of rows: the table has changed since it was first read. */
  readonly changed: boolean;
}

export type WindowAction<Row> =
  | { readonly type: 'append'; readonly page: Omit<NewPage<Row>, 'anchor'>; readonly next: Anchor | null }
  /** `pages` in the order in which their rows stand, all of them above the first page. */
  | { readonly type: 'prepend'; readonly pages: readonly NewPage<Row>[]; readonly prior: Anchor | null }
  | { readonly type: 'refill'; readonly page: number; readonly rows: PageRows<Row> }
  | { readonly type: 'view'; readonly view: RowRange }
  /** How much is kept from now on. */
  | { readonly type: 'limit'; readonly limits: WindowLimits };

export function emptyWindow<Row>(
  next: Anchor | null,
  prior: Anchor | null = null,
  limits: WindowLimits = WINDOW_LIMITS,
): PageWindow<Row> {
  return { marks: NO_MARKS, next, prior, loaded: new Map(), view: { first: 0, last: 0 }, limits, changed: false };
}

export function windowReducer<Row>(state: PageWindow<Row>, action: WindowAction<Row>): PageWindow<Row> {
  switch (action.type) {
    case 'append':
      return append(state, action);
    case 'prepend':
      return prepend(state, action);
    case 'refill': {
      const mark = markAt(state.marks, action.page);
      if (mark === undefined) return state;
      const loaded = new Map(state.loaded).set(action.page, action.rows.slice(0, mark.rows));
      return evict({ ...state, loaded, changed: state.changed || action.rows.length !== mark.rows });
    }
    case 'view':
      return { ...state, view: action.view };
    case 'limit':
      return evict({ ...state, limits: action.limits });
    default:
      return action satisfies never;
  }
}

type Added<Row, Type> = Extract<WindowAction<Row>, { type: Type }>;

function append<Row>(state: PageWindow<Row>, { page, next }: Added<Row, 'append'>): PageWindow<Row> {
  if (state.next === null) return state;
  // A page without rows only moves the place from which to read on.
  if (page.rows === 0) return { ...state, next };
  const { kept, ...facts } = page;
  const marks = appendMark(state.marks, { ...facts, anchor: state.next });
  const loaded = kept === null ? state.loaded : new Map(state.loaded).set(state.marks.endPage, kept);
  return evict({ ...state, marks, next, loaded });
}

function prepend<Row>(state: PageWindow<Row>, { pages, prior }: Added<Row, 'prepend'>): PageWindow<Row> {
  if (state.prior === null) return state;
  let { marks } = state;
  const loaded = new Map(state.loaded);
  for (const { kept, ...facts } of pages.toReversed()) {
    if (facts.rows === 0) continue;
    marks = prependMark(marks, facts);
    if (kept !== null) loaded.set(marks.firstPage, kept);
  }
  return evict({ ...state, marks, prior, loaded });
}

function evict<Row>(state: PageWindow<Row>): PageWindow<Row> {
  const pages = [...state.loaded.keys()]
    .map((page) => ({ page, ...sizeOf(state, page), distance: distanceToView(state, page) }))
    .sort((a, b) => a.distance - b.distance);
  const { limits } = state;
  const loaded = new Map<number, PageRows<Row>>();
  const kept = { pages: 0, rows: 0, bytes: 0 };
  for (const { page, rows, bytes, distance } of pages) {
    kept.pages += 1;
    kept.rows += rows;
    kept.bytes += bytes;
    const fits = kept.pages <= limits.pages && kept.rows <= limits.rows && kept.bytes <= limits.bytes;
    if (!fits && distance > 0) break;
    loaded.set(page, state.loaded.get(page) ?? []);
  }
  return loaded.size === state.loaded.size ? state : { ...state, loaded };
}

function sizeOf<Row>(state: PageWindow<Row>, page: number): { rows: number; bytes: number } {
  const mark = markAt(state.marks, page);
  return { rows: mark?.rows ?? 0, bytes: mark?.bytes ?? 0 };
}

/** Rows between a page and the view; 0 when they meet. */
function distanceToView<Row>({ marks, view }: PageWindow<Row>, page: number): number {
  const mark = markAt(marks, page);
  if (mark === undefined) return Number.POSITIVE_INFINITY;
  const last = mark.firstRow + mark.rows - 1;
  return Math.max(0, mark.firstRow - view.last, view.first - last);
}

/** A row; `undefined`: not in memory; `null`: in memory was another page, the row is gone since. */
export function rowAt<Row>(state: PageWindow<Row>, row: number): Row | null | undefined {
  const page = pageOfRow(state.marks, row);
  const rows = page === undefined ? undefined : state.loaded.get(page);
  if (page === undefined || rows === undefined) return undefined;
  return rows.at(row - (markAt(state.marks, page)?.firstRow ?? 0)) ?? null;
}

/** Pages that `range` needs and that are not in memory, the one at its middle first. */
export function missingPages<Row>(state: PageWindow<Row>, range: RowRange): number[] {
  const { marks } = state;
  const inside = (row: number) => Math.min(Math.max(row, marks.firstRow), marks.endRow - 1);
  const [first, last] = [inside(range.first), inside(range.last)];
  const from = pageOfRow(marks, first);
  const to = pageOfRow(marks, last);
  if (from === undefined || to === undefined || range.first >= marks.endRow || range.last < marks.firstRow) return [];
  const middle = pageOfRow(marks, Math.floor((first + last) / 2)) ?? from;
  const missing: number[] = [];
  for (let page = from; page <= to; page += 1) if (!state.loaded.has(page)) missing.push(page);
  return missing.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
}
