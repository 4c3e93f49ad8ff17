/** How much of a row group is decoded at a time: what Ringside writes itself is never more. */
const WINDOW = { bytes: 16 * 1024 * 1024, values: 1_200_000 } as const;

/** A row group as its footer describes it. */
export interface GroupSize {
  readonly rows: number;
  /** Decompressed. */
  readonly bytes: number;
  readonly values: number;
}

/** The rows of a group in runs that are decoded one after the other, as `[start, end)`. */
export function windowsOf({ rows, bytes, values }: GroupSize): readonly (readonly [start: number, end: number])[] {
  const count = Math.max(1, Math.ceil(bytes / WINDOW.bytes), Math.ceil(values / WINDOW.values));
  const size = Math.max(1, Math.ceil(rows / count));
  return Array.from({ length: Math.ceil(rows / size) }, (_, at) => [at * size, Math.min(rows, (at + 1) * size)]);
}
