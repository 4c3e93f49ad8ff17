/**
 * Where a page of rows begins: at the start of the scan, behind a cursor, or behind a token. It is all that is needed
 * to read the page again.
 */
export type Anchor =
  | { readonly kind: 'start' }
  | { readonly kind: 'cursor'; readonly cursor: string }
  | { readonly kind: 'token'; readonly token: string };

/** A page that was read once: its place among the rows, and how to read it again. Never of zero rows. */
export interface PageMark {
  readonly firstRow: number;
  readonly rows: number;
  readonly bytes: number;
  readonly anchor: Anchor;
}

const CHUNK = 128;

/**
 * The marks of all pages read, in order and without gaps. Kept in chunks, so that adding one copies a few hundred
 * references however many there are.
 */
export interface PageMarks {
  readonly count: number;
  readonly rowCount: number;
  readonly chunks: readonly (readonly PageMark[])[];
}

export const NO_MARKS: PageMarks = { count: 0, rowCount: 0, chunks: [] };

/** `marks` with one more page behind the last. A page without rows takes no place. */
export function appendMark(marks: PageMarks, page: { rows: number; bytes: number; anchor: Anchor }): PageMarks {
  if (page.rows === 0) return marks;
  const mark: PageMark = { firstRow: marks.rowCount, ...page };
  const last = marks.chunks.at(-1);
  const chunks =
    last === undefined || last.length === CHUNK
      ? [...marks.chunks, [mark]]
      : [...marks.chunks.slice(0, -1), [...last, mark]];
  return { count: marks.count + 1, rowCount: marks.rowCount + page.rows, chunks };
}

export function markAt(marks: PageMarks, index: number): PageMark | undefined {
  return marks.chunks[Math.floor(index / CHUNK)]?.[index % CHUNK];
}

/** Index of the page that holds `row`; -1 when no page does. */
export function pageOfRow(marks: PageMarks, row: number): number {
  if (row < 0 || row >= marks.rowCount) return -1;
  let low = 0;
  let high = marks.count - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((markAt(marks, middle)?.firstRow ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}
