import type { PageRows } from '@/lib/grid/page-rows';
import type { LinesOfRows, Row } from './stream-events';

/** More rows than are ever on screen together. */
const ROWS_KEPT = 128;
const UTF8 = new TextDecoder();

/**
 * A page's rows, each parsed on demand: a page with many columns has more values than one frame has time to parse, and
 * most of them are never shown. A row that is redrawn stays the same object.
 */
export class RowLines implements PageRows<Row> {
  /** By index modulo ROWS_KEPT; of two rows that collide the later one stays. Neighbours never collide. */
  private readonly parsed: ({ readonly index: number; readonly row: Row } | undefined)[] = [];

  constructor(private readonly lines: LinesOfRows) {}

  get length(): number {
    return this.lines.ends.length;
  }

  at(index: number): Row | undefined {
    const place = index < 0 ? index + this.length : index;
    const kept = this.parsed[place % ROWS_KEPT];
    if (kept?.index === place) return kept.row;
    const row = this.parse(place);
    if (row !== undefined) this.parsed[place % ROWS_KEPT] = { index: place, row };
    return row;
  }

  private parse(place: number): Row | undefined {
    const { bytes, starts, ends } = this.lines;
    const [start, end] = [starts[place], ends[place]];
    return start === undefined || end === undefined ? undefined : JSON.parse(UTF8.decode(bytes.subarray(start, end)));
  }

  slice(from: number, to: number): RowLines {
    const { bytes, starts, ends } = this.lines;
    return new RowLines({ bytes, starts: starts.slice(from, to), ends: ends.slice(from, to) });
  }

  toReversed(): RowLines {
    const { bytes, starts, ends } = this.lines;
    return new RowLines({ bytes, starts: starts.toReversed(), ends: ends.toReversed() });
  }

  /** Keeps none of the rows: who looks through all of them draws few. */
  *[Symbol.iterator](): Generator<Row, void, undefined> {
    for (let index = 0; index < this.length; index += 1) {
      const row = this.parse(index);
      if (row !== undefined) yield row;
    }
  }
}
