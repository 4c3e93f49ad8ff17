import type { SchemaElement } from 'hyparquet';
import { type Cell, type ColumnReader, cellOf, notReadable } from './cell';
import type { ColumnPages, Page } from './column-pages';
import { type FlatPage, flatPage, type Spans } from './flat-page';
import { type Convert, type ConvertSpan, spanConverter } from './values';

const EMPTY: FlatPage = { rows: 0, levels: null, values: [] };

/**
 * A column with one value for each row, of which one page is decompressed at a time. Values become JSON as they are taken:
 * a page full of them would outlive the collections of young objects, and cost many times its bytes.
 */
export class FlatColumn implements ColumnReader {
  private page = EMPTY;
  private row = 0;
  /** The next value: its number, or of spans its first byte. */
  private at = 0;
  private isCoded = false;
  /** By their place in the dictionary: those that were needed. */
  private readonly known: (Cell | undefined)[] = [];

  private readonly convertSpan: ConvertSpan;

  /** @param element with the logical type of its values */
  constructor(
    private readonly pages: ColumnPages,
    element: SchemaElement,
    private readonly convert: Convert,
  ) {
    this.convertSpan = spanConverter(element, convert);
  }

  async take(rows: number): Promise<Cell[]> {
    const cells = new Array<Cell>(rows);
    for (let at = 0; at < rows; ) {
      if (this.row === this.page.rows) this.begin(await this.pages.next());
      const count = Math.min(rows - at, this.page.rows - this.row);
      this.fill(cells, at, count);
      at += count;
    }
    return cells;
  }

  private begin(page: Page | null): void {
    if (page === null) throw new Error('a column has fewer rows than are stated');
    this.page = flatPage(page, this.pages.decoder);
    this.isCoded = page.isCoded;
    [this.row, this.at] = [0, 0];
  }

  private fill(cells: Cell[], start: number, count: number): void {
    const { levels, values } = this.page;
    for (let i = 0; i < count; i++) {
      const isThere = levels === null || levels[this.row + i] === 1;
      cells[start + i] = !isThere ? null : 'page' in values ? this.span(values) : this.next(values);
    }
    this.row += count;
  }

  private span({ page, length }: Spans): Cell {
    const start = length === null ? this.at + 4 : this.at;
    const end = start + (length ?? page.readUInt32LE(this.at));
    if (end > page.length) throw new Error('a value is cut off');
    this.at = end;
    try {
      return this.convertSpan(page, start, end);
    } catch (error) {
      return notReadable(error);
    }
  }

  private next(values: ArrayLike<unknown>): Cell {
    const value = values[this.at++];
    if (!this.isCoded || typeof value !== 'number') return cellOf(value, this.convert);
    const cell = this.known[value] ?? cellOf(this.pages.dictionary?.[value], this.convert);
    this.known[value] = cell;
    return cell;
  }
}
