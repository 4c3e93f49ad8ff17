import type { PageRows } from './page-rows';

/**
 * Runs of rows with one key (a partition, or one value of a clustering column), over pages: how many rows of a page's
 * first run stand in the pages before it. With it a row is found again by its key and its place in the run.
 */
export interface RunEnd {
  readonly key: string;
  /** Rows of the last run so far. */
  readonly rows: number;
}

/** How many rows of the first row's run came before this page, and how the last run stands after it. */
export function followRuns<Row>(
  rows: PageRows<Row>,
  keyOf: (row: Row) => string,
  before: RunEnd | null,
): { lead: number; end: RunEnd | null } {
  const first = rows.at(0);
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return { lead: 0, end: before };
  const lead = before !== null && before.key === keyOf(first) ? before.rows : 0;
  const key = keyOf(last);
  const same = runLength(rows, rows.length - 1, keyOf);
  return { lead, end: { key, rows: same === rows.length ? lead + same : same } };
}

/** Rows from the beginning of `at`'s run inside `rows` to `at`, itself included. Few rows are looked at to find it. */
export function runLength<Row>(rows: PageRows<Row>, at: number, keyOf: (row: Row) => string): number {
  const row = rows.at(at);
  if (row === undefined) return 0;
  const key = keyOf(row);
  // The run lies in one piece: above its first row none has its key.
  let [low, high] = [0, at];
  while (low < high) {
    const middle = (low + high) >> 1;
    const between = rows.at(middle);
    if (between !== undefined && keyOf(between) === key) high = middle;
    else low = middle + 1;
  }
  return at - low + 1;
}
