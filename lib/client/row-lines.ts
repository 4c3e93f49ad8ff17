import type { PageRows } from '@/lib/grid/page-rows';
import type { LinesOfRows, Row } from './stream-events';

/** More rows than are ever drawn at once. */
const ROWS_KEPT = 128;
const UTF8 = new TextDecoder();

/**
 * A page's rows, parsed one by one when they are asked for: a page of many columns holds more values than can be made
 * without holding up a frame, and most of them are never seen. A row that is drawn again and again stays one object.
 */
export class RowLines implements PageRows<Row> {
  /** By the row's place, and where two meet the later one: rows that follow each other never do. */
  private readonly parsed: ({ readonly index: number; readonly row: Row } | undefined)[] = [];

  constructor(private readonly lines: LinesOfRows) {}

  get length(): number {
    return this.lines.ends.length;
  }

  at(index: number): Row | undefined {
    const place = index < 0 ? index + this.length : index;
    const { bytes, starts, ends } = this.lines;
    const [start, end] = [starts[place], ends[place]];
    if (start === undefined || end === undefined) return undefined;
    const kept = this.parsed[place % ROWS_KEPT];
    if (kept?.index === place) return kept.row;
    const row: Row = JSON.parse(UTF8.decode(bytes.subarray(start, end)));
    this.parsed[place % ROWS_KEPT] = { index: place, row };
    return row;
  }

  slice(from: number, to: number): RowLines {
    const { bytes, starts, ends } = this.lines;
    return new RowLines({ bytes, starts: starts.slice(from, to), ends: ends.slice(from, to) });
  }

  toReversed(): RowLines {
    const { bytes, starts, ends } = this.lines;
    return new RowLines({ bytes, starts: starts.toReversed(), ends: ends.toReversed() });
  }

  *[Symbol.iterator](): Generator<Row, void, undefined> {
    for (let index = 0; index < this.length; index += 1) {
      const row = this.at(index);
      if (row !== undefined) yield row;
    }
  }
}
