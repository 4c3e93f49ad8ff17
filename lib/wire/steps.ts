import { type Cell, type StepWriter, type ValueWriter, writeCell } from './cell';
import type { TextSink } from './sink';
import { copyUntil, type EscapeTable, writeEscaped } from './write-text';

/**
 * Writes large values in steps, so that the caller can let others run in between. Ordinary ones are written at once: a
 * generator costs more than they do.
 */

/** A value larger than this is written in steps of about this size. */
export const STEP_BYTES = 64 * 1024;
/** A step also ends here: some values take far fewer bytes than their text. */
const STEP_TEXT_BYTES = 4 * STEP_BYTES;

/** Like `writeCell`, but in steps if the value is large. */
export function* cellSteps(
  cell: Cell,
  source: Uint8Array,
  start: number,
  length: number,
  sink: TextSink,
): Generator<void, void> {
  if (length <= STEP_BYTES || cell.steps === undefined) writeCell(cell, source, start, length, sink);
  else yield* cell.steps(source, start, start + length, sink);
}

/** Where to cut UTF-8 bytes near `at` without cutting a character: before a byte that starts one. */
function characterStart(source: Uint8Array, at: number): number {
  for (let back = 0; back < 4; back++) if (((source[at - back] ?? 0) & 0xc0) !== 0x80) return at - back;
  // Four continuation bytes are not part of any character: they are invalid wherever they are cut.
  return at;
}

/** The ends of stretches of at most {@link STEP_BYTES}, between characters. */
export function* stretches(source: Uint8Array, start: number, end: number): Generator<[from: number, to: number]> {
  for (let from = start; from < end; ) {
    const to = end - from <= STEP_BYTES ? end : characterStart(source, from + STEP_BYTES);
    yield [from, to];
    from = to;
  }
}

/** Text escaped by the table, with `quote` around it. */
export function escapedSteps(table: EscapeTable, quote: number): StepWriter {
  return function* (source, start, end, sink) {
    sink.byte(quote);
    for (const [from, to] of stretches(source, start, end)) {
      writeEscaped(source, from, to, sink, table);
      yield;
    }
    sink.byte(quote);
  };
}

/** Text copied unchanged, as long as the table stops nowhere. */
export function copySteps(table: EscapeTable): StepWriter {
  return function* (source, start, end, sink) {
    for (const [from, to] of stretches(source, start, end)) {
      copyUntil(source, from, to, sink, table);
      yield;
    }
  };
}

/** Text whose bytes are independent of each other, such as hex: `write` makes it from any part, after `open`. */
export function partSteps(open: string, write: ValueWriter, close = ''): StepWriter {
  return function* (source, start, end, sink) {
    sink.ascii(open);
    for (let from = start; from < end; from += STEP_BYTES) {
      write(source, from, Math.min(end, from + STEP_BYTES), sink);
      yield;
    }
    sink.ascii(close);
  };
}

/** An element of a value, with what precedes it. */
export interface Element {
  readonly lead: string;
  readonly cell: Cell;
  readonly start: number;
  /** Negative for null. */
  readonly length: number;
}

/** Splits a value into its elements; checks, like its writer, that they take exactly its bytes. */
export type Elements = (source: Uint8Array, start: number, end: number) => Generator<Element, void>;

/** A value of several elements, with `close` after the last. */
export function elementSteps(pieces: Elements, close: string): StepWriter {
  return function* (source, start, end, sink) {
    let stepStart = start;
    for (const { lead, cell, start: at, length } of pieces(source, start, end)) {
      sink.text(lead);
      yield* cellSteps(cell, source, at, length, sink);
      if (at + length - stepStart < STEP_BYTES && sink.length < STEP_TEXT_BYTES) continue;
      stepStart = at + Math.max(0, length);
      yield;
    }
    sink.ascii(close);
  };
}
