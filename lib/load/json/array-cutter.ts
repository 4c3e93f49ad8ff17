import 'server-only';
import type { Cutter } from '../cutter';
import { SourceError, type SourceItem } from '../records';
import { JsonRecords } from './json-record';

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];
const [SPACE, TAB, LF, CR] = [0x20, 0x09, 0x0a, 0x0d];

/** What may come next: the opening bracket, an element or the closing one, an element, a comma or the closing one, nothing. */
type Expected = 'open' | 'first' | 'element' | 'comma' | 'nothing';

const WORDS: Readonly<Record<Expected, string>> = {
  open: 'an array of objects, which begins with [',
  first: 'an object or the closing ]',
  element: 'an object',
  comma: 'a comma or the closing ]',
  nothing: 'nothing more after the closing ]',
};

/** The objects of one JSON array. */
export class JsonArrayCutter implements Cutter {
  readonly form = 'json';
  readonly tooLongHint = 'Look for a bracket or a quote without its second one.';
  private readonly records = new JsonRecords();
  private expected: Expected = 'open';
  private number = 0;
  private line = 1;
  /** Bytes of the current line that earlier calls took. */
  private column = 0;

  get place(): { number: number; line: number } {
    return { number: this.number + 1, line: this.line };
  }

  cut(bytes: Buffer, isLast: boolean, items: SourceItem[]): number {
    let at = 0;
    while (at < bytes.length) {
      const byte = bytes[at] ?? 0;
      if (byte === OPEN_BRACE && (this.expected === 'first' || this.expected === 'element')) {
        const end = objectEnd(bytes, at);
        if (end < 0) break;
        this.take(bytes.subarray(at, end), items);
        at = end;
      } else {
        this.pass(byte);
        at++;
      }
    }
    if (isLast && this.expected !== 'nothing') throw this.tooEarly(at < bytes.length);
    return at;
  }

  private take(bytes: Buffer, items: SourceItem[]): void {
    items.push(this.records.record(bytes, ++this.number, this.line, this.column));
    this.expected = 'comma';
    let last = -1;
    for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
      this.line++;
      last = at;
    }
    this.column = last < 0 ? this.column + bytes.length : bytes.length - 1 - last;
  }

  /** A byte between objects. */
  private pass(byte: number): void {
    const next = this.after(byte);
    if (next === undefined) {
      throw new SourceError(`The file is not an array of JSON objects: ${WORDS[this.expected]} is expected.`, {
        line: this.line,
        column: this.column + 1,
        hint: this.expected === 'open' ? 'A file with one object a line has the format ndjson.' : undefined,
      });
    }
    this.expected = next;
    this.column = byte === LF ? 0 : this.column + 1;
    if (byte === LF) this.line++;
  }

  private after(byte: number): Expected | undefined {
    const { expected } = this;
    if (byte === SPACE || byte === TAB || byte === LF || byte === CR) return expected;
    if (byte === OPEN_BRACKET && expected === 'open') return 'first';
    if (byte === COMMA && expected === 'comma') return 'element';
    if (byte === CLOSE_BRACKET && (expected === 'first' || expected === 'comma')) return 'nothing';
    return undefined;
  }

  private tooEarly(isInside: boolean): SourceError {
    const reason = isInside ? 'inside an object' : `where ${WORDS[this.expected]} is expected`;
    return new SourceError(`The file ends too early, ${reason}: it was cut off, or a bracket or quote is missing.`, {
      line: this.line,
      column: this.column + 1,
      hint: 'All records before it were read. Copy the file again, and compare its size or checksum.',
    });
  }
}

/** Where the object at `start` ends, by its brackets and strings alone; -1 if that is not in the bytes yet. */
function objectEnd(bytes: Uint8Array, start: number): number {
  let open = 0;
  let isString = false;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (isString) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) isString = false;
    } else if (byte === QUOTE) isString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) open++;
    else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && --open === 0) return at + 1;
  }
  return -1;
}
