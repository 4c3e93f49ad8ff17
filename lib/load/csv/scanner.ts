import { COLUMNS } from '@/lib/contract/limits';
import type { CsvSource } from '@/lib/contract/load-sources';

const LF = 0x0a;
const CR = 0x0d;
/** No byte has this value. */
const NONE = -1;

/** How a field was written: bare, in quotes, or with escapes to take out, which is done when its text is made. */
export const BARE = 0;
const QUOTED = 1;
export const ESCAPED = 2;

/**
 * Finds the fields of one CSV record after another in bytes of an ASCII-compatible encoding. `\n`, `\r\n` and `\r` end a
 * record, each wherever it stands outside quotes. What is found is in the fields of this object until the next call: no
 * record costs an allocation.
 */
export class CsvScanner {
  /** Of the record: the fields found, of which those beyond {@link COLUMNS} have no offsets. */
  count = 0;
  readonly starts = new Int32Array(COLUMNS + 1);
  readonly ends = new Int32Array(COLUMNS + 1);
  readonly kinds = new Uint8Array(COLUMNS + 1);
  /** Where the record ends, without its line end. */
  end = 0;
  /** Line ends inside it, in quotes. */
  lineEnds = 0;
  /** Where it stops being CSV, and why. */
  faultAt = NONE;
  fault = '';

  private readonly delimiter: number;
  private readonly quote: number;
  private readonly mark: number;
  private bytes: Uint8Array = new Uint8Array();
  private isLast = false;

  constructor({ delimiter, quote, escape: mark }: Pick<CsvSource, 'delimiter' | 'quote' | 'escape'>) {
    this.delimiter = delimiter.charCodeAt(0);
    this.quote = quote?.charCodeAt(0) ?? NONE;
    this.mark = mark === quote ? NONE : (mark?.charCodeAt(0) ?? NONE);
  }

  /** Scans the record at `start`; returns where the next one starts, or -1 if its end is not in the bytes yet. */
  record(bytes: Uint8Array, start: number, isLast: boolean): number {
    [this.bytes, this.isLast] = [bytes, isLast];
    [this.count, this.lineEnds, this.faultAt] = [0, 0, NONE];
    let at = start;
    for (;;) {
      at = bytes[at] === this.quote ? this.quoted(at) : this.bare(at, at, BARE);
      if (at < 0) return at;
      if (bytes[at] !== this.delimiter || at >= bytes.length) break;
      at++;
    }
    this.end = at;
    if (at >= bytes.length) return isLast ? at : NONE;
    if (bytes[at] === LF) return at + 1;
    if (at + 1 === bytes.length && !isLast) return NONE;
    return bytes[at + 1] === LF ? at + 2 : at + 1;
  }

  /** A field that goes on without quotes from `from`; returns where it ends. */
  private bare(start: number, from: number, kind: number): number {
    const { bytes, delimiter, mark } = this;
    const length = bytes.length;
    let [at, found] = [from, kind];
    while (at < length) {
      const byte = bytes[at];
      if (byte === delimiter || byte === LF || byte === CR) break;
      if (byte === mark) {
        found = ESCAPED;
        at++;
      }
      at++;
    }
    if (at >= length && !this.isLast) return NONE;
    this.add(start, Math.min(at, length), found);
    return Math.min(at, length);
  }

  /** A field in quotes, the first of which is at `open`; returns where it ends. */
  private quoted(open: number): number {
    const { bytes, quote, mark } = this;
    const length = bytes.length;
    let [at, kind] = [open + 1, QUOTED];
    for (; at < length; at++) {
      const byte = bytes[at];
      if (byte === quote) {
        if (bytes[at + 1] !== quote) return this.closed(open, at, kind);
        kind = ESCAPED;
        at++;
      } else if (byte === mark) {
        kind = ESCAPED;
        at++;
      } else if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) this.lineEnds++;
    }
    if (!this.isLast) return NONE;
    this.fail(open, 'the quote that opens here is never closed');
    this.add(open + 1, length, kind);
    return length;
  }

  /** After a closing quote at `at`, which in the last byte of a chunk may be the first of two. */
  private closed(open: number, at: number, kind: number): number {
    const { bytes, delimiter } = this;
    const next = bytes[at + 1];
    if (next === undefined && !this.isLast) return NONE;
    if (next === undefined || next === delimiter || next === LF || next === CR) {
      this.add(open + 1, at, kind);
      return at + 1;
    }
    this.fail(at + 1, 'after a closing quote a delimiter or the end of the line is expected');
    return this.bare(open, at + 1, BARE);
  }

  private add(start: number, end: number, kind: number): void {
    const at = Math.min(this.count++, COLUMNS);
    this.starts[at] = start;
    this.ends[at] = end;
    this.kinds[at] = kind;
  }

  private fail(at: number, reason: string): void {
    if (this.faultAt !== NONE) return;
    [this.faultAt, this.fault] = [at, reason];
  }
}
