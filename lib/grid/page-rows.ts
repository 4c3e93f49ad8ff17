/** The rows of one page, in order. Arrays are such rows; so are rows that are made only when they are used. */
export interface PageRows<Row> extends Iterable<Row> {
  readonly length: number;
  /** A row by its place, from the end when that is negative. */
  at(index: number): Row | undefined;
  slice(from: number, to: number): PageRows<Row>;
  toReversed(): PageRows<Row>;
}
