import { int32At } from './bytes';
import { ValueError } from './errors';
import type { RowWriter } from './file-format';
import { STEP_BYTES } from './steps';

/**
 * Writes a page step by step, so that a server can do other work in between: each step covers about the same number of bytes,
 * whether they are a thousand rows or part of one cell.
 */

/** Rows written in one step. */
const MOST_ROWS = 1024;
/** Bytes of rows written in one step; a larger row is written in steps of its own. */
const SLICE_BYTES = 2 * STEP_BYTES;
/** Held-back text is handed over once it has grown to this size. */
const LEAVING_BYTES = STEP_BYTES;

const MOST_PART_BYTES = 1024 * 1024;

export interface PageStep {
  /** Rows that were completed. */
  readonly rows: number;
  /** Chunks that precede the contents of the writer's sink. */
  readonly chunks: readonly Uint8Array<ArrayBuffer>[];
}

const NONE: PageStep = { rows: 0, chunks: [] };

/** The largest row that is written, and what to do about larger ones. */
export interface RowLimit {
  readonly bytes: number;
  readonly hint: string;
}

interface Page {
  readonly body: Uint8Array;
  readonly rows: number;
}

/**
 * Writes a page's rows; yields after each step. A row that cannot be written leaves nothing in the sink or in
 * the chunks.
 * @param rowsBefore rows of the result before this page, for errors
 * @throws WireError, ValueError naming row and column; also for a row over the limit
 */
export function* pageSteps(
  writer: RowWriter,
  page: Page,
  rowsBefore: number,
  limit: RowLimit,
): Generator<PageStep, void> {
  const { body, rows } = page;
  let offset = 0;
  for (let row = 0; row < rows; ) {
    const slice = nextSlice(body, offset, writer.columns.length, rows - row);
    if (slice.largeBytes > limit.bytes) throw tooLarge(writer, body, offset, rowsBefore + row, slice.largeBytes, limit);
    if (slice.largeBytes > 0) {
      if (writer.sink.length > 0) yield { rows: 0, chunks: [writer.sink.take()] };
      offset = yield* largeRow(writer, body, offset);
    } else {
      offset = writer.write(body, offset, slice.rows);
      yield { rows: slice.rows, chunks: [] };
    }
    yield* settled(writer);
    row += slice.rows;
  }
}

/** What follows the last row. */
export function* endSteps(writer: RowWriter): Generator<PageStep, void> {
  for (const _ of writer.end()) yield taken(writer);
}

function* settled(writer: RowWriter): Generator<PageStep, void> {
  for (const _ of writer.settle?.() ?? []) yield taken(writer);
}

function taken({ sink }: RowWriter): PageStep {
  return sink.length < LEAVING_BYTES ? NONE : { rows: 0, chunks: [sink.take()] };
}

/** The bytes in parts that are small enough to handle quickly. */
export function* parts(bytes: Uint8Array<ArrayBuffer>): Generator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < bytes.length; at += MOST_PART_BYTES) yield bytes.subarray(at, at + MOST_PART_BYTES);
}

/** Holds the row's text back until it is complete, so that the output always ends with a whole row. */
function* largeRow(writer: RowWriter, body: Uint8Array, offset: number): Generator<PageStep, number> {
  const held: Uint8Array<ArrayBuffer>[] = [];
  const steps = writer.writeLarge(body, offset);
  try {
    for (;;) {
      const step = steps.next();
      if (writer.sink.length > 0) held.push(writer.sink.take());
      if (step.done) {
        yield { rows: 1, chunks: held };
        return step.value;
      }
      yield NONE;
    }
  } catch (error) {
    writer.sink.length = 0;
    throw error;
  }
}

/** How many of the next rows make a step, or the bytes of the next one if it is large. */
function nextSlice(
  body: Uint8Array,
  offset: number,
  columns: number,
  rows: number,
): { rows: number; largeBytes: number } {
  const most = Math.min(rows, MOST_ROWS);
  if (body.length - offset <= SLICE_BYTES) return { rows: most, largeBytes: 0 };
  let at = offset;
  for (let row = 0; row < most; row++) {
    const rowStart = at;
    for (let column = 0; column < columns; column++) {
      const length = int32At(body, at);
      at += length > 0 ? 4 + length : 4;
    }
    // The page ends before the row does: the row's writer reports where.
    if (at > body.length) return { rows: row + 1, largeBytes: 0 };
    if (at - rowStart > SLICE_BYTES)
      return row === 0 ? { rows: 1, largeBytes: at - rowStart } : { rows: row, largeBytes: 0 };
    if (at - offset >= SLICE_BYTES) return { rows: row + 1, largeBytes: 0 };
  }
  return { rows: most, largeBytes: 0 };
}

function tooLarge(
  { columns }: RowWriter,
  body: Uint8Array,
  offset: number,
  row: number,
  bytes: number,
  limit: RowLimit,
): ValueError {
  let at = offset;
  let largest = { name: '', length: -1 };
  for (const { name } of columns) {
    const length = int32At(body, at);
    if (length > largest.length) largest = { name, length };
    at += 4 + Math.max(0, length);
  }
  return new ValueError(
    `the row has ${bytes} bytes, ${largest.length} of them in this column; at most ${limit.bytes} are written. ${limit.hint}`,
    `row ${row + 1}, column "${largest.name}"`,
  );
}
