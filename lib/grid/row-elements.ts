/** The element that a row is drawn in: `key` names it, whatever row it is given to. */
export interface RowElement {
  readonly row: number;
  readonly key: number;
}

/**
 * Which element each drawn row has. A row that comes takes over the element of one that has left, and the element stays
 * where it is among its siblings: made again or moved, the browser would work its style out, lay it out and paint it from
 * nothing. In the order of the rows, scrolling up would move every element but one.
 */
export class RowElements {
  /** In the order of the elements. */
  private drawn: readonly RowElement[] = [];
  private made = 0;

  /**
   * The elements of `rows`, in the order in which they stand. At rest that is the order of the rows, in which screen
   * readers go through them.
   */
  arrange(rows: readonly number[], atRest: boolean): readonly RowElement[] {
    const wanted = new Set(rows);
    const there = new Set(this.drawn.map(({ row }) => row));
    const coming = rows.filter((row) => !there.has(row));
    const elements: RowElement[] = [];
    for (const element of this.drawn) {
      const row = wanted.has(element.row) ? element.row : coming.shift();
      if (row !== undefined) elements.push({ row, key: element.key });
    }
    for (const row of coming) {
      elements.push({ row, key: this.made });
      this.made += 1;
    }
    this.drawn = atRest ? elements.sort((a, b) => a.row - b.row) : elements;
    return this.drawn;
  }
}
