/** The most of a row group that is decoded at a time. */
const WINDOW = { bytes: 16 * 1024 * 1024, values: 1_200_000 } as const;
/**
 * Each value is an object: 300,000 rows of eight columns took 385 MB in windows of 1,200,000 values, 270 MB at 100,000, for a
 * seventh more processor time. A page is decoded for each window that it reaches into, so windows are this small only while
 * there are few of them, and where no column is nested.
 */
const SMALL = { values: 100_000, windows: 8 } as const;

/** A row group as its footer describes it. */
export interface GroupSize {
  readonly rows: number;
  /** Decompressed. */
  readonly bytes: number;
  readonly values: number;
  /** Lists, maps or structs, which are decoded to the end of the group for each window. */
  readonly isNested: boolean;
}

/** The rows of a group in runs that are decoded one after the other, as `[start, end)`. */
export function windowsOf(group: GroupSize): readonly (readonly [start: number, end: number])[] {
  const { rows, bytes, values, isNested } = group;
  const small = isNested ? 1 : Math.min(SMALL.windows, Math.ceil(values / SMALL.values));
  const count = Math.max(1, small, Math.ceil(bytes / WINDOW.bytes), Math.ceil(values / WINDOW.values));
  const size = Math.max(1, Math.ceil(rows / count));
  return Array.from({ length: Math.ceil(rows / size) }, (_, at) => [at * size, Math.min(rows, (at + 1) * size)]);
}
