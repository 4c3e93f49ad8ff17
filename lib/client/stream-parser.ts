import { controlFrameSchema, type ErrorFrame } from '@/lib/contract/frames';
import type { LinesOfRows, WireEvent } from './stream-events';

const NEWLINE = 0x0a;
const OPENS_ROW = 0x5b;

/**
 * Turns the bytes of an NDJSON response into events, however the network cut them. Rows are collected until the page
 * frame after them, so that a page is handed over whole or not at all.
 */
export interface FrameParser {
  /** Events that became complete with these bytes. Nothing comes after `end` or `error`. */
  push(chunk: Uint8Array): WireEvent[];
  /** The bytes have ended, or were cut off by `cause`: a response without its last frame becomes an `error`. */
  finish(cause?: unknown): WireEvent[];
}

export function createFrameParser(): FrameParser {
  const reader = new FrameReader();
  let rest: Uint8Array[] = [];

  function push(chunk: Uint8Array): WireEvent[] {
    const events: WireEvent[] = [];
    let start = 0;
    for (let newline = chunk.indexOf(NEWLINE); newline !== -1; newline = chunk.indexOf(NEWLINE, start)) {
      const tail = chunk.subarray(start, newline);
      reader.line(rest.length === 0 ? tail : join([...rest, tail]), events);
      rest = [];
      start = newline + 1;
    }
    // A copy, so that the part kept does not keep the whole chunk in memory.
    if (start < chunk.length) rest.push(chunk.slice(start));
    return events;
  }

  function finish(cause?: unknown): WireEvent[] {
    const events: WireEvent[] = [];
    if (rest.length > 0 && cause === undefined) reader.line(join(rest), events);
    rest = [];
    reader.close(cause, events);
    return events;
  }

  return { push, finish };
}

/** Reads line after line, and remembers what the error of a broken stream must include. */
class FrameReader {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private columns: number | undefined;
  private rows: Uint8Array[] = [];
  private rowsRead = 0;
  private cursor: string | null = null;
  private ended = false;

  line(bytes: Uint8Array, events: WireEvent[]): void {
    if (this.ended || bytes.length === 0) return;
    try {
      if (bytes[0] === OPENS_ROW) this.row(bytes);
      else events.push(this.frame(JSON.parse(this.decoder.decode(bytes))));
    } catch (cause) {
      events.push(this.broken('the server sent something this page does not understand', cause));
    }
  }

  close(cause: unknown, events: WireEvent[]): void {
    if (!this.ended) events.push(this.broken('the connection was lost', cause));
  }

  private row(bytes: Uint8Array): void {
    // Parsed as a check: a page that cannot be shown is not handed over.
    const value: unknown = JSON.parse(this.decoder.decode(bytes));
    if (!Array.isArray(value) || value.length !== this.columns) {
      throw new Error(`a row of ${this.columns ?? 'unknown'} columns was expected`);
    }
    this.rows.push(bytes);
  }

  private frame(value: unknown): WireEvent {
    const frame = controlFrameSchema.parse(value);
    if ('header' in frame) {
      this.columns = frame.header.columns.length;
      return { kind: 'header', header: frame.header };
    }
    if ('page' in frame) return this.page(frame.page);
    if ('waiting' in frame) return { kind: 'waiting', waiting: frame.waiting };
    if ('agreement' in frame) return { kind: 'agreement', agreement: frame.agreement };
    this.ended = true;
    return 'end' in frame ? { kind: 'end', end: frame.end } : { kind: 'error', error: frame.error };
  }

  private page(page: Extract<WireEvent, { kind: 'rows' }>['page']): WireEvent {
    const rows = this.rows;
    if (rows.length !== page.rows) throw new Error(`page ${page.index} says ${page.rows} rows, ${rows.length} came`);
    this.rows = [];
    this.rowsRead += rows.length;
    this.cursor = page.cursor;
    return { kind: 'rows', rows: linesOf(rows), page };
  }

  private broken(what: string, cause: unknown): WireEvent {
    this.ended = true;
    const rows = this.rowsRead;
    const error: ErrorFrame = {
      code: 'malformed_response',
      message: `Incomplete: ${what} after row ${rows.toLocaleString('en')}.`,
      hint: 'Resume to continue after the last complete page.',
      retryable: true,
      rows,
      cursor: this.cursor,
    };
    return { kind: 'error', error: cause === undefined ? error : { ...error, detail: describe(cause) } };
  }
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function linesOf(rows: readonly Uint8Array[]): LinesOfRows {
  const ends = new Uint32Array(rows.length);
  let end = 0;
  for (const [index, { length }] of rows.entries()) {
    end += length;
    ends[index] = end;
  }
  return { bytes: join(rows), starts: ends.map((end, index) => end - (rows[index]?.length ?? 0)), ends };
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
