/**
 * Where a page of rows begins and which way it is read; all that is needed to read the page again.
 * `start`: the beginning of the scan. `cursor`: after the page before it. `range`: the rows after the token `from`, up
 * to and with `to`. `value`, inside a partition: from a clustering value on, or, with `back`, from
 * before it (null: from the partition's end) in the order turned round; the rows of such a page are turned round again.
 */
export type Anchor =
  | { readonly kind: 'start' }
  | { readonly kind: 'cursor'; readonly cursor: string }
  | { readonly kind: 'range'; readonly from: string; readonly to: string; readonly cursor: string | null }
  | {
      readonly kind: 'value';
      readonly value: ValueBound | null;
      readonly back: boolean;
      readonly cursor: string | null;
    };

/** A place in a partition: a value of the clustering column that the rows are in the order of. */
export interface ValueBound {
  readonly column: string;
  /** The columns after it that are compared together with it. */
  readonly tuple: readonly string[];
  /** The value in its JSON text; with a tuple an array of all the values. */
  readonly json: string;
}

/** What is known of a page before it has a place among the rows. */
export interface PageFacts {
  readonly rows: number;
  readonly bytes: number;
  readonly anchor: Anchor;
  /** Shares of the ring at which the page begins and ends, 0 to 1; null where the rows have no place on it. */
  readonly share: readonly [number, number] | null;
  /** Rows of its first row's group (partition) in the pages before it; null: not known. */
  readonly lead: number | null;
}

/** A page that was read once: its place among the rows, and how to read it again. Never of zero rows. */
export interface PageMark extends PageFacts {
  readonly firstRow: number;
}

const CHUNK = 128;

type Side = readonly (readonly PageMark[])[];

/**
 * The marks of all pages read, in order and without gaps. Row 0 and page 0 are where reading began; what was read above
 * has negative numbers, so that no row ever changes its number. Kept in chunks, so that adding a page copies a few
 * hundred references however many there are.
 */
export interface PageMarks {
  readonly firstPage: number;
  /** Exclusive. */
  readonly endPage: number;
  readonly firstRow: number;
  /** Exclusive. */
  readonly endRow: number;
  readonly rowCount: number;
  readonly below: Side;
  /** Page -1 first. */
  readonly above: Side;
}

export const NO_MARKS: PageMarks = {
  firstPage: 0,
  endPage: 0,
  firstRow: 0,
  endRow: 0,
  rowCount: 0,
  below: [],
  above: [],
};

/** `marks` with one more page after the last. A page without rows takes no place. */
export function appendMark(marks: PageMarks, page: PageFacts): PageMarks {
  if (page.rows === 0) return marks;
  const endRow = marks.endRow + page.rows;
  return {
    ...marks,
    endPage: marks.endPage + 1,
    endRow,
    rowCount: endRow - marks.firstRow,
    below: pushed(marks.below, { ...page, firstRow: marks.endRow }),
  };
}

/** `marks` with one more page before the first. */
export function prependMark(marks: PageMarks, page: PageFacts): PageMarks {
  if (page.rows === 0) return marks;
  const firstRow = marks.firstRow - page.rows;
  return {
    ...marks,
    firstPage: marks.firstPage - 1,
    firstRow,
    rowCount: marks.endRow - firstRow,
    above: pushed(marks.above, { ...page, firstRow }),
  };
}

function pushed(side: Side, mark: PageMark): Side {
  const last = side.at(-1);
  if (last === undefined || last.length === CHUNK) return [...side, [mark]];
  return [...side.slice(0, -1), [...last, mark]];
}

export function markAt(marks: PageMarks, page: number): PageMark | undefined {
  const side = page < 0 ? marks.above : marks.below;
  const at = page < 0 ? -1 - page : page;
  return side[Math.floor(at / CHUNK)]?.[at % CHUNK];
}

/** The page that holds `row`; undefined when none does. */
export function pageOfRow(marks: PageMarks, row: number): number | undefined {
  if (row < marks.firstRow || row >= marks.endRow) return undefined;
  let low = marks.firstPage;
  let high = marks.endPage - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((markAt(marks, middle)?.firstRow ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The share of the ring at which `row` lies, by its place inside its page; null where rows have no place on it. */
export function shareOfRow(marks: PageMarks, row: number): number | null {
  const mark = markAt(marks, pageOfRow(marks, row) ?? Number.NaN);
  if (mark === undefined || mark.share === null) return null;
  const [from, to] = mark.share;
  return from + ((row - mark.firstRow) / mark.rows) * (to - from);
}
