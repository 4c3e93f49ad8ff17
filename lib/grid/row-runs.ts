/**
 * Runs of rows with one key (a partition, or one value of a clustering column), over pages: how many rows of a page's
 * first run stand in the pages before it. With it a row is found again by its key and its place in the run.
 */
export interface RunEnd {
  readonly key: string;
  /** Rows of the last run so far. */
  readonly rows: number;
}

/** How many rows of the first row's run came before this page, and how the last run stands behind it. */
export function followRuns<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  before: RunEnd | null,
): { lead: number; end: RunEnd | null } {
  const [first] = rows;
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return { lead: 0, end: before };
  const lead = before !== null && before.key === keyOf(first) ? before.rows : 0;
  const key = keyOf(last);
  const same = runLength(rows, rows.length - 1, keyOf);
  return { lead, end: { key, rows: same === rows.length ? lead + same : same } };
}

/** Rows from the beginning of `at`'s run inside `rows` to `at`, itself included. */
export function runLength<Row>(rows: readonly Row[], at: number, keyOf: (row: Row) => string): number {
  const row = rows[at];
  if (row === undefined) return 0;
  const key = keyOf(row);
  let first = at;
  for (let above = rows[first - 1]; above !== undefined && keyOf(above) === key; above = rows[first - 1]) first -= 1;
  return at - first + 1;
}
