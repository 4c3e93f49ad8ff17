import type { PageRows } from '@/lib/grid/page-rows';

/** Rows of several pages in another order, or some of them. Only their places are held: the rows stay with their pages. */
export class ArrangedRows<Row> implements PageRows<Row> {
  /** The place at which each page begins. */
  private readonly starts: readonly number[];

  constructor(
    private readonly pages: readonly PageRows<Row>[],
    private readonly places: Uint32Array<ArrayBuffer>,
  ) {
    let end = 0;
    this.starts = pages.map(({ length }) => {
      end += length;
      return end - length;
    });
  }

  get length(): number {
    return this.places.length;
  }

  at(index: number): Row | undefined {
    const place = this.places.at(index);
    if (place === undefined) return undefined;
    let [low, high] = [0, this.pages.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.starts[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return this.pages[low]?.at(place - (this.starts[low] ?? 0));
  }

  slice(from: number, to: number): ArrangedRows<Row> {
    return new ArrangedRows(this.pages, this.places.slice(from, to));
  }

  toReversed(): ArrangedRows<Row> {
    return new ArrangedRows(this.pages, this.places.toReversed());
  }

  *[Symbol.iterator](): Generator<Row, void, undefined> {
    for (let index = 0; index < this.length; index += 1) {
      const row = this.at(index);
      if (row !== undefined) yield row;
    }
  }
}
