import { int32At, uint32At } from './bytes';

/**
 * Checks what a frame of the native protocol announces against the bytes that it has. Sizes and counts come from the other
 * end of a connection: a reader that allocates or loops by them unchecked can be brought down with thirteen bytes. The
 * driver (cassandra-driver 4.10.0, lib/readers.js) can read frames that pass without an exception, and without work out
 * of proportion to their bytes.
 *
 * Source: native_protocol_v4.spec of Apache Cassandra, sections 2 to 4 and 6; numbers below name its sections.
 */

/** A frame that breaks the protocol or a limit; the message says what it announces and what is allowed. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** "A frame is limited to 256MB in length" (2.4). */
export const DEFAULT_MAX_FRAME_BYTES = 256 * 1024 * 1024;

/** Version, flags, stream, opcode, length: from version 3 on. */
export const HEADER_BYTES = 9;

/** Responses other than RESULT are a few strings. */
const MAX_OTHER_BYTES = 1024 * 1024;

/** Columns of a result, with all types nested in them. A prepared statement has at most 65,535 markers. */
const MAX_METADATA_NODES = 262_144;

/** Deeper than any type that Cassandra allows; readers of types are recursive. */
const MAX_TYPE_DEPTH = 100;

/** Cells and elements of a frame that the driver turns into objects, each of which takes many times its bytes. */
const MAX_DECODED_VALUES = 4 * 1024 * 1024;

/** 2.1: responses of versions 3 to 6; 0x41 and 0x42 are DataStax's own. */
const VERSIONS: ReadonlySet<number> = new Set([3, 4, 5, 6, 0x41, 0x42]);
const RESPONSE = 0x80;
const DSE_V2 = 0x42;

/** 2.2 */
const FLAG = { compression: 0x01, tracing: 0x02, customPayload: 0x04, warning: 0x08 } as const;

/** 2.4 and 4.2 */
export const OPCODE = {
  error: 0x00,
  ready: 0x02,
  authenticate: 0x03,
  supported: 0x06,
  result: 0x08,
  event: 0x0c,
  authChallenge: 0x0e,
  authSuccess: 0x10,
} as const;
const OPCODES: ReadonlySet<number> = new Set(Object.values(OPCODE));

export interface FrameHead {
  readonly version: number;
  readonly flags: number;
  readonly streamId: number;
  readonly opcode: number;
  readonly bodyLength: number;
}

const count = new Intl.NumberFormat('en');

function fail(reason: string): never {
  throw new FrameError(reason);
}

function checkFirstByte(first: number): void {
  if ((first & RESPONSE) !== 0 && VERSIONS.has(first & ~RESPONSE)) return;
  const shown = `0x${first.toString(16).padStart(2, '0')}`;
  fail(
    `it starts with ${shown}, which is not a response in version 3 to 6 of Cassandra’s protocol: something else listens there`,
  );
}

function checkHead({ flags, opcode, bodyLength }: FrameHead, maxFrameBytes: number): void {
  if (!OPCODES.has(opcode)) fail(`it has opcode 0x${opcode.toString(16)}, which no response has`);
  if ((flags & FLAG.compression) !== 0) fail('it is compressed, but compression was not requested');
  const most = opcode === OPCODE.result ? maxFrameBytes : Math.min(maxFrameBytes, MAX_OTHER_BYTES);
  if (bodyLength > most)
    fail(`it announces ${count.format(bodyLength)} bytes; at most ${count.format(most)} are allowed`);
}

/** Follows the frames of one connection by their headers, however the chunks are cut. */
export class HeaderWatch {
  readonly #header = new Uint8Array(HEADER_BYTES);
  #headerBytes = 0;
  #bodyLeft = 0;

  constructor(private readonly maxFrameBytes: number) {}

  /** @throws FrameError at the first header in `chunk` that announces what is not allowed */
  see(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#bodyLeft > 0) {
        const step = Math.min(this.#bodyLeft, chunk.length - at);
        this.#bodyLeft -= step;
        at += step;
        continue;
      }
      const step = Math.min(HEADER_BYTES - this.#headerBytes, chunk.length - at);
      this.#header.set(chunk.subarray(at, at + step), this.#headerBytes);
      this.#headerBytes += step;
      at += step;
      checkFirstByte(this.#header[0] ?? 0);
      if (this.#headerBytes < HEADER_BYTES) return;
      const head = headOf(this.#header);
      checkHead(head, this.maxFrameBytes);
      this.#headerBytes = 0;
      this.#bodyLeft = head.bodyLength;
    }
  }
}

function headOf(header: Uint8Array): FrameHead {
  return {
    version: (header[0] ?? 0) & ~RESPONSE,
    flags: header[1] ?? 0,
    streamId: (((header[2] ?? 0) << 24) >> 16) | (header[3] ?? 0),
    opcode: header[4] ?? 0,
    bodyLength: uint32At(header, 5),
  };
}

/**
 * Checks the body of a complete frame.
 * @param isDecoded whether the driver will turn the rows into objects; if not, only their number is checked, and the code
 *   that walks the cells checks their lengths
 * @throws FrameError
 */
export function checkFrame(head: FrameHead, body: Uint8Array, isDecoded: boolean): void {
  const reader = new BoundedReader(body);
  readFlagsInfo(reader, head.flags);
  switch (head.opcode) {
    case OPCODE.result:
      readResult(reader, head, isDecoded);
      return;
    case OPCODE.error:
      readError(reader, head);
      return;
    case OPCODE.authenticate:
      reader.string('the authenticator’s name');
      return;
    case OPCODE.authChallenge:
      reader.bytes('an authentication token');
      return;
    case OPCODE.supported:
      readMultimap(reader);
      return;
    case OPCODE.event:
      readEvent(reader);
      return;
    default:
      // READY and AUTH_SUCCESS: the driver does not read them.
      return;
  }
}

/** A type, reduced to the shape of its values. */
type Shape =
  | { readonly kind: 'opaque' }
  | { readonly kind: 'elements'; readonly of: readonly Shape[] }
  | { readonly kind: 'fields'; readonly of: readonly Shape[] }
  | { readonly kind: 'vector'; readonly dimensions: number };

const OPAQUE: Shape = { kind: 'opaque' };

/** Moves through bytes; every step says what it reads and fails if too few are left. */
class BoundedReader {
  at = 0;

  constructor(
    readonly source: Uint8Array,
    private readonly seen = { nodes: 0, values: 0 },
  ) {}

  /** The `length` bytes just passed, as a reader that shares its counts with this one. */
  inside(length: number): BoundedReader {
    return new BoundedReader(this.source.subarray(this.at - length, this.at), this.seen);
  }

  get left(): number {
    return this.source.length - this.at;
  }

  skip(length: number, what: string): void {
    if (length > this.left) {
      fail(`it announces ${count.format(length)} bytes for ${what} where ${count.format(this.left)} are left`);
    }
    this.at += length;
  }

  byte(what: string): number {
    this.skip(1, what);
    return this.source[this.at - 1] ?? 0;
  }

  short(what: string): number {
    this.skip(2, what);
    return ((this.source[this.at - 2] ?? 0) << 8) | (this.source[this.at - 1] ?? 0);
  }

  int(what: string): number {
    this.skip(4, what);
    return int32At(this.source, this.at - 4);
  }

  string(what: string): void {
    this.skip(this.short(what), what);
  }

  /** `[bytes]`: a negative length is null. */
  bytes(what: string): void {
    this.skip(Math.max(0, this.int(what)), what);
  }

  shortBytes(what: string): void {
    this.skip(this.short(what), what);
  }

  /** A count of things that take at least `leastBytes` each. */
  checkCount(things: number, leastBytes: number, what: string): number {
    if (things < 0 || things * leastBytes > this.left) {
      fail(`it announces ${count.format(things)} ${what} where ${count.format(this.left)} bytes are left`);
    }
    return things;
  }

  /** Counts a column or a type nested in one. */
  node(): void {
    if (++this.seen.nodes > MAX_METADATA_NODES) {
      fail(`its columns and their types are more than ${count.format(MAX_METADATA_NODES)}`);
    }
  }

  /** Counts values that become objects. */
  values(more: number): void {
    this.seen.values += more;
    if (this.seen.values > MAX_DECODED_VALUES) {
      fail(`it has more than ${count.format(MAX_DECODED_VALUES)} values, the most that are read at once`);
    }
  }
}

function readStringList(reader: BoundedReader, what: string): void {
  const strings = reader.checkCount(reader.short(what), 2, what);
  for (let i = 0; i < strings; i++) reader.string(what);
}

function readMultimap(reader: BoundedReader): void {
  const entries = reader.checkCount(reader.short('options'), 4, 'options');
  for (let i = 0; i < entries; i++) {
    reader.string('an option');
    readStringList(reader, 'values of an option');
  }
}

function readFlagsInfo(reader: BoundedReader, flags: number): void {
  if ((flags & FLAG.tracing) !== 0) reader.skip(16, 'a trace’s id');
  if ((flags & FLAG.warning) !== 0) readStringList(reader, 'warnings');
  if ((flags & FLAG.customPayload) === 0) return;
  const entries = reader.checkCount(reader.short('a custom payload'), 6, 'entries of a custom payload');
  for (let i = 0; i < entries; i++) {
    reader.string('a custom payload');
    reader.bytes('a custom payload');
  }
}

/** 3: `[inet]` is a size and an address, which has 4 or 16 bytes. */
function readAddress(reader: BoundedReader): void {
  const size = reader.byte('an address');
  if (size !== 4 && size !== 16) fail(`it has an address of ${size} bytes; one has 4 or 16`);
  reader.skip(size, 'an address');
}

/** 9 */
const ERROR = {
  unavailable: 0x1000,
  writeTimeout: 0x1100,
  readTimeout: 0x1200,
  readFailure: 0x1300,
  functionFailure: 0x1400,
  writeFailure: 0x1500,
  alreadyExists: 0x2400,
  unprepared: 0x2500,
} as const;

function readError(reader: BoundedReader, { version }: FrameHead): void {
  const code = reader.int('an error’s code');
  reader.string('an error’s text');
  switch (code) {
    case ERROR.unavailable:
      reader.skip(10, 'an error’s details');
      return;
    case ERROR.readTimeout:
      reader.skip(11, 'an error’s details');
      return;
    case ERROR.writeTimeout:
      reader.skip(10, 'an error’s details');
      reader.string('an error’s details');
      return;
    case ERROR.readFailure:
      readFailures(reader, version);
      reader.skip(1, 'an error’s details');
      return;
    case ERROR.writeFailure:
      readFailures(reader, version);
      reader.string('an error’s details');
      return;
    case ERROR.functionFailure:
      reader.string('an error’s keyspace');
      reader.string('an error’s function');
      readStringList(reader, 'argument types');
      return;
    case ERROR.alreadyExists:
      reader.string('an error’s keyspace');
      reader.string('an error’s table');
      return;
    case ERROR.unprepared:
      reader.shortBytes('a statement’s id');
      return;
  }
}

/** Since version 5 each failed node is named with its reason. */
function readFailures(reader: BoundedReader, version: number): void {
  reader.skip(10, 'an error’s details');
  const failures = reader.int('failures');
  if (version < 5) return;
  reader.checkCount(failures, 7, 'failures');
  for (let i = 0; i < failures; i++) {
    readAddress(reader);
    reader.skip(2, 'a failure’s reason');
  }
}

const decoder = new TextDecoder();

function shortText(reader: BoundedReader, what: string): string {
  const length = reader.short(what);
  reader.skip(length, what);
  return decoder.decode(reader.source.subarray(reader.at - length, reader.at));
}

/** 4.2.6 */
function readEvent(reader: BoundedReader): void {
  const kind = shortText(reader, 'an event');
  if (kind === 'SCHEMA_CHANGE') {
    readSchemaChange(reader);
    return;
  }
  if (kind !== 'TOPOLOGY_CHANGE' && kind !== 'STATUS_CHANGE') return;
  reader.string('an event');
  readAddress(reader);
  reader.skip(4, 'a port');
}

function readSchemaChange(reader: BoundedReader): void {
  reader.string('a schema change');
  const target = shortText(reader, 'a schema change');
  reader.string('a schema change');
  if (target === 'TABLE' || target === 'TYPE') reader.string('a schema change');
  if (target !== 'FUNCTION' && target !== 'AGGREGATE') return;
  reader.string('a schema change');
  readStringList(reader, 'argument types');
}

/** 4.2.5 */
const RESULT = { void: 1, rows: 2, keyspace: 3, prepared: 4, schemaChange: 5 } as const;

function readResult(reader: BoundedReader, head: FrameHead, isDecoded: boolean): void {
  const kind = reader.int('a result’s kind');
  switch (kind) {
    case RESULT.void:
      return;
    case RESULT.rows:
      readRows(reader, readMetadata(reader), isDecoded);
      return;
    case RESULT.keyspace:
      reader.string('a keyspace’s name');
      return;
    case RESULT.prepared:
      reader.shortBytes('a statement’s id');
      if (head.version === DSE_V2) reader.shortBytes('a result’s id');
      readMetadata(reader, head.version);
      return;
    case RESULT.schemaChange:
      readSchemaChange(reader);
      return;
    default:
      fail(`it is a result of kind ${kind}, which does not exist`);
  }
}

/** 4.2.5.2 and 4.2.5.4. The other flags belong to features that the driver does not request. */
const METADATA_FLAG = { globalTable: 0x01, morePages: 0x02 } as const;

/** @param preparedVersion the protocol's version, for the metadata of a prepared statement */
function readMetadata(reader: BoundedReader, preparedVersion?: number): Shape[] {
  const flags = reader.int('a result’s flags');
  if ((flags & ~(METADATA_FLAG.globalTable | METADATA_FLAG.morePages)) !== 0) {
    fail(`its metadata has the flags 0x${(flags >>> 0).toString(16)}, which were not requested`);
  }
  const isGlobal = (flags & METADATA_FLAG.globalTable) !== 0;
  const columns = reader.int('columns');
  if (preparedVersion !== undefined && preparedVersion >= 4) {
    reader.skip(2 * reader.checkCount(reader.int('key columns'), 2, 'key columns'), 'key columns');
  }
  if ((flags & METADATA_FLAG.morePages) !== 0) {
    const length = reader.int('a paging state');
    if (length < 0) fail('it says that there are more pages but has no paging state');
    reader.skip(length, 'a paging state');
  }
  if (isGlobal) {
    reader.string('a keyspace’s name');
    reader.string('a table’s name');
  }
  reader.checkCount(columns, isGlobal ? 4 : 8, 'columns');
  const shapes: Shape[] = [];
  for (let i = 0; i < columns; i++) {
    if (!isGlobal) {
      reader.string('a keyspace’s name');
      reader.string('a table’s name');
    }
    reader.string('a column’s name');
    shapes.push(readType(reader, 0));
  }
  return shapes;
}

/** 4.2.5.2, `[option]` */
const TYPE = { custom: 0x00, list: 0x20, map: 0x21, set: 0x22, udt: 0x30, tuple: 0x31 } as const;

function readType(reader: BoundedReader, depth: number): Shape {
  if (depth > MAX_TYPE_DEPTH) fail(`its types are nested more than ${MAX_TYPE_DEPTH} deep`);
  reader.node();
  const code = reader.short('a type');
  switch (code) {
    case TYPE.custom:
      return customShape(shortText(reader, 'a type’s class'));
    case TYPE.list:
    case TYPE.set:
      return { kind: 'elements', of: [readType(reader, depth + 1)] };
    case TYPE.map:
      return { kind: 'elements', of: [readType(reader, depth + 1), readType(reader, depth + 1)] };
    case TYPE.tuple: {
      const elements = reader.checkCount(reader.short('elements of a tuple'), 2, 'elements of a tuple');
      return { kind: 'fields', of: Array.from({ length: elements }, () => readType(reader, depth + 1)) };
    }
    case TYPE.udt: {
      reader.string('a type’s keyspace');
      reader.string('a type’s name');
      const fields = reader.checkCount(reader.short('fields of a type'), 4, 'fields of a type');
      const readField = () => {
        reader.string('a field’s name');
        return readType(reader, depth + 1);
      };
      return { kind: 'fields', of: Array.from({ length: fields }, readField) };
    }
    default:
      return OPAQUE;
  }
}

const VECTOR_CLASS = 'org.apache.cassandra.db.marshal.VectorType';

/** A class by its Java name: readers recurse at each bracket, and a vector's size is given in it as text. */
function customShape(className: string): Shape {
  let [depth, deepest] = [0, 0];
  for (const character of className) {
    if (character === '(') deepest = Math.max(deepest, ++depth);
    else if (character === ')') depth--;
  }
  if (deepest > MAX_TYPE_DEPTH) fail(`its types are nested more than ${MAX_TYPE_DEPTH} deep`);
  if (!className.startsWith(VECTOR_CLASS)) return OPAQUE;
  const sizes = [...className.matchAll(/,\s*(\d{1,15})\s*\)/g)].map(([, digits]) => Number(digits));
  return { kind: 'vector', dimensions: sizes.reduce((all, size) => all * size, 1) };
}

function readRows(reader: BoundedReader, columns: readonly Shape[], isDecoded: boolean): void {
  const rows = reader.int('rows');
  // A cell has at least 4 bytes, but rows without columns would take none.
  reader.checkCount(rows, 4 * Math.max(1, columns.length), 'rows');
  if (rows > 0 && columns.length === 0) fail(`it announces ${count.format(rows)} rows of no columns`);
  if (!isDecoded) return;
  reader.values(rows * columns.length);
  for (let row = 0; row < rows; row++) {
    for (const shape of columns) {
      const length = reader.int('a cell');
      if (length >= 0) readValue(reader, shape, length, 'a cell');
    }
  }
}

/** 6: values that contain others. */
function readValue(reader: BoundedReader, shape: Shape, length: number, what: string): void {
  reader.skip(length, what);
  if (shape.kind === 'fields') {
    readFields(reader.inside(length), shape.of);
    return;
  }
  if (shape.kind === 'opaque' || length === 0) return;
  if (shape.kind === 'elements') {
    readElements(reader.inside(length), shape.of);
    return;
  }
  const inner = reader.inside(length);
  inner.values(inner.checkCount(shape.dimensions, 1, 'elements of a vector'));
}

function readElements(reader: BoundedReader, of: readonly Shape[]): void {
  const elements = reader.checkCount(reader.int('elements'), 4 * of.length, 'elements');
  reader.values(elements * of.length);
  for (let i = 0; i < elements; i++) {
    for (const shape of of) {
      const length = reader.int('an element');
      if (length < 0) fail(`it has an element of ${length} bytes`);
      readValue(reader, shape, length, 'an element');
    }
  }
}

function readFields(reader: BoundedReader, of: readonly Shape[]): void {
  // The driver allocates all of them, whatever arrives.
  reader.values(of.length);
  for (const shape of of) {
    if (reader.left === 0) return;
    const length = reader.int('a field');
    if (length >= 0) readValue(reader, shape, length, 'a field');
  }
}
