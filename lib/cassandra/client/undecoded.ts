import 'server-only';
import type { QueryOptions } from 'cassandra-driver';
import Connection, { type InternalExecutionOptions, type Operation } from 'cassandra-driver/lib/connection.js';
import { type FrameInfo, type FrameReader, Parser } from 'cassandra-driver/lib/streams.js';

/**
 * Undecoded pages: the rows of a RESULT frame as received bytes, only for requests with the option.
 *
 * Decoding is nearly the whole cost of reading rows, and the driver offers no public way around it. Two of its methods
 * are wrapped: `Connection.sendStream` marks the operation of a request that carries {@link UNDECODED}, and
 * `Parser.parseRows` hands over the rows of a marked operation's frame. All other requests, including the driver's own,
 * are handled by the driver unchanged. See docs/decisions.
 */

const UNDECODED = Symbol.for('ringside.undecoded');
const WRAPPED = Symbol.for('ringside.undecoded.wrapped');
/** Marks what the wrapped parser hands over. Not `instanceof`: the class changes when development reloads this module. */
const ROWS = Symbol.for('ringside.undecoded.rows');

/** The rows of one page as received. */
export interface UndecodedRows {
  /** Number of rows in `body`. */
  readonly rows: number;
  /**
   * Starts with the first cell: rows × columns cells, each an `[bytes]` of the native protocol. Anything after the last
   * cell belongs to other frames and must not be read.
   */
  readonly body: Buffer;
  /** Length of the whole frame's body in bytes, metadata included. */
  readonly frameBytes: number;
}

/** Query options that make `client.execute` return {@link UndecodedRows} instead of rows. */
export function undecoded(options: QueryOptions): QueryOptions {
  install();
  return Object.assign(options, { [UNDECODED]: true });
}

/**
 * The undecoded rows of a result requested with {@link undecoded}; null if it has none (void, schema change, no rows).
 * @throws Error when the driver decoded the rows anyway: its internals are not those that this was written for
 */
export function undecodedRows(rows: readonly unknown[] | undefined): UndecodedRows | null {
  if (rows === undefined || rows.length === 0) return null;
  const [first] = rows;
  if (rows.length === 1 && isUndecodedRows(first)) return first;
  throw new Error('The driver decoded a page that should be undecoded: cassandra-driver is not version 4.10.0.');
}

function isUndecodedRows(value: unknown): value is UndecodedRows {
  return typeof value === 'object' && value !== null && ROWS in value;
}

class Rows implements UndecodedRows {
  readonly [ROWS] = true;

  constructor(
    readonly rows: number,
    readonly body: Buffer,
    readonly frameBytes: number,
  ) {}
}

interface Marks {
  readonly operations: WeakSet<Operation>;
  /** A parser does not know its connection, which knows which operation a frame answers. */
  readonly connections: WeakMap<Parser, Connection>;
}

/** Whether the rows for `operation` are handed over undecoded. */
export function isUndecodedOperation(operation: Operation): boolean {
  return globalMarks()[WRAPPED]?.operations.has(operation) ?? false;
}

function globalMarks(): { [WRAPPED]?: Marks } {
  return globalThis as { [WRAPPED]?: Marks };
}

/** Development reloads this module, but the driver's classes must be wrapped only once per process. */
function install(): void {
  const global = globalMarks();
  if (global[WRAPPED]) return;
  const marks: Marks = { operations: new WeakSet(), connections: new WeakMap() };
  global[WRAPPED] = marks;
  wrapSendStream(marks);
  wrapParseRows(marks);
}

function wrapSendStream(marks: Marks): void {
  const sendStream = Connection.prototype.sendStream;
  Connection.prototype.sendStream = function (request, options, callback) {
    const operation = sendStream.call(this, request, options, callback);
    if (isUndecoded(options)) {
      marks.operations.add(operation);
      if (this.parser) marks.connections.set(this.parser, this);
    }
    return operation;
  };
}

function wrapParseRows(marks: Marks): void {
  const parseRows = Parser.prototype.parseRows;
  Parser.prototype.parseRows = function (frame: FrameInfo, reader: FrameReader) {
    const operation = marks.connections.get(this)?._operations.get(frame.header.streamId);
    if (operation === undefined || !marks.operations.has(operation) || frame.byRow) {
      return parseRows.call(this, frame, reader);
    }
    let rows: number;
    try {
      rows = reader.readInt();
    } catch (error) {
      return this.handleParsingError(error, frame, reader);
    }
    const items = rows === 0 ? [] : [new Rows(rows, reader.slice(reader.offset), frame.header.bodyLength)];
    this.push({ header: frame.header, result: { rows: items, meta: frame.meta, flags: frame.flagsInfo } });
  };
}

function isUndecoded(options: InternalExecutionOptions | null): boolean {
  const raw = options?.getRawQueryOptions?.();
  return raw !== undefined && raw !== null && UNDECODED in raw;
}
