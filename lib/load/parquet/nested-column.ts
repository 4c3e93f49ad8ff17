import type { SchemaTree } from 'hyparquet';
import { assembleNested } from 'hyparquet/src/assemble.js';
import { readPage } from 'hyparquet/src/column.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { type Cell, type ColumnReader, cellOf } from './cell';
import { type ColumnPages, readerOf } from './column-pages';
import type { Convert } from './values';

/** A column of lists, maps or structs, each field of which has pages; one page of each is decoded at a time. */
export class NestedColumn implements ColumnReader {
  private readonly leaves: readonly { readonly path: string; readonly rows: LeafRows }[];

  /** @param node of the schema without logical types */
  constructor(
    private readonly node: SchemaTree,
    pages: readonly ColumnPages[],
    private readonly convert: Convert,
  ) {
    this.leaves = pages.map((leaf) => ({ path: leaf.decoder.pathInSchema.join('.'), rows: new LeafRows(leaf) }));
  }

  async take(rows: number): Promise<Cell[]> {
    const found = new Map<string, unknown[]>();
    for (const leaf of this.leaves) found.set(leaf.path, await leaf.rows.take(rows));
    const { node, convert } = this;
    if (node.children.length > 0) assembleNested(found, node, DEFAULT_PARSERS);
    const values = found.get(node.element.name);
    if (values?.length !== rows) throw new Error('a nested column has fewer rows than are stated');
    return values.map((value) => cellOf(value ?? null, convert));
  }
}

/** The rows of one field, each as deep in arrays as the schema says. */
class LeafRows {
  /** Of the current page, after the row that the page before may have left open. */
  private rows: ArrayLike<unknown> = [];
  private next = 0;
  /** Rows that no later page goes on with. */
  private complete = 0;

  constructor(private readonly pages: ColumnPages) {}

  async take(count: number): Promise<unknown[]> {
    const taken: unknown[] = [];
    while (taken.length < count) {
      if (this.next === this.complete) await this.advance();
      const end = Math.min(this.complete, this.next + count - taken.length);
      while (this.next < end) taken.push(this.rows[this.next++]);
    }
    return taken;
  }

  /** A list may begin in one page and end in another, so the last row of a page is complete once more follows. */
  private async advance(): Promise<void> {
    const open: unknown[] = [];
    for (let at = this.complete; at < this.rows.length; at++) open.push(this.rows[at]);
    const page = await this.pages.next();
    this.next = 0;
    if (page === null) {
      if (open.length === 0) throw new Error('a nested column has fewer rows than are stated');
      [this.rows, this.complete] = [open, open.length];
      return;
    }
    const { decoder, dictionary } = this.pages;
    const { data = [] } = readPage(readerOf(page.body), page.header, decoder, dictionary, open, 0);
    this.rows = data === open ? open : [...open, ...Array.from(data)];
    this.complete = this.rows.length - 1;
  }
}
