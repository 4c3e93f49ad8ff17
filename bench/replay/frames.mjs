import { int, Reader, string } from './bytes.mjs';

/** Frames of the native protocol v4 (sections 2 and 4). */

export const VERSION = 4;
export const OPCODE = {
  error: 0x00,
  startup: 0x01,
  ready: 0x02,
  options: 0x05,
  supported: 0x06,
  query: 0x07,
  result: 0x08,
  prepare: 0x09,
  execute: 0x0a,
  register: 0x0b,
  batch: 0x0d,
};
export const RESULT = { void: 1, rows: 2, setKeyspace: 3, prepared: 4 };
export const ERROR = { protocol: 0x000a, invalid: 0x2200, unprepared: 0x2500 };

const HEADER_BYTES = 9;
const RESPONSE = 0x80;

/**
 * @typedef {object} Frame
 * @property {number} version without the bit of responses
 * @property {number} flags
 * @property {number} stream
 * @property {number} opcode
 * @property {Buffer} body
 */

/** Cuts a stream of bytes into frames. */
export class FrameSplitter {
  #chunks = /** @type {Buffer[]} */ ([]);
  #held = 0;
  #wanted = HEADER_BYTES;

  /** @param {Buffer} chunk @returns {Generator<Frame, void>} the frames that it completes */
  *push(chunk) {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    while (this.#held >= this.#wanted) {
      const bytes = this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : Buffer.concat(this.#chunks);
      const end = HEADER_BYTES + bytes.readUInt32BE(5);
      if (bytes.length < end) {
        this.#keep(bytes, end);
        return;
      }
      this.#keep(bytes.subarray(end), HEADER_BYTES);
      yield {
        version: bytes.readUInt8(0) & 0x7f,
        flags: bytes.readUInt8(1),
        stream: bytes.readInt16BE(2),
        opcode: bytes.readUInt8(4),
        body: bytes.subarray(HEADER_BYTES, end),
      };
    }
  }

  /** @param {Buffer} bytes @param {number} wanted */
  #keep(bytes, wanted) {
    this.#chunks = bytes.length === 0 ? [] : [bytes];
    this.#held = bytes.length;
    this.#wanted = wanted;
  }
}

/** @param {number} versionByte @param {number} stream @param {number} opcode @param {number} bodyBytes */
function header(versionByte, stream, opcode, bodyBytes) {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.writeUInt8(versionByte, 0);
  bytes.writeInt16BE(stream, 2);
  bytes.writeUInt8(opcode, 4);
  bytes.writeUInt32BE(bodyBytes, 5);
  return bytes;
}

/** @param {number} opcode @param {Buffer} body */
export function request(opcode, body) {
  return Buffer.concat([header(VERSION, 0, opcode, body.length), body]);
}

/**
 * A response in parts, so that a page's rows are not copied.
 * @param {number} stream
 * @param {number} opcode
 * @param {readonly Buffer[]} body
 * @returns {Buffer[]}
 */
export function response(stream, opcode, body) {
  const bodyBytes = body.reduce((sum, { length }) => sum + length, 0);
  return [header(RESPONSE | VERSION, stream, opcode, bodyBytes), ...body];
}

/** @param {number} code @param {string} message @param {readonly Buffer[]} [more] */
export function errorBody(code, message, more = []) {
  return [int(code), string(message), ...more];
}

/**
 * What a QUERY or EXECUTE asks for besides its statement (section 4.1.4). Consistency and time mean nothing here.
 * @typedef {object} Asked
 * @property {readonly (Buffer | null)[]} values
 * @property {boolean} skipsMetadata
 * @property {number} pageRows 0: all
 * @property {Buffer | null} pagingState
 */

/** @param {Reader} reader after the statement or its id @returns {Asked} */
export function readAsked(reader) {
  reader.short();
  const flags = reader.byte();
  const hasNames = (flags & 0x40) !== 0;
  const values = [];
  if ((flags & 0x01) !== 0) {
    for (let left = reader.short(); left > 0; left--) {
      if (hasNames) reader.string();
      values.push(reader.cell());
    }
  }
  const pageRows = (flags & 0x04) === 0 ? 0 : reader.int();
  const pagingState = (flags & 0x08) === 0 ? null : reader.cell();
  return { values, skipsMetadata: (flags & 0x02) !== 0, pageRows: Math.max(0, pageRows), pagingState };
}

/** @typedef {{ name: string, type: Buffer }} Column  type: an [option] */

const METADATA = { globalSpec: 0x01, hasMorePages: 0x02, none: 0x04 };

/**
 * The metadata of a rows result (section 4.2.5.2).
 * @param {{ keyspace: string, name: string }} table
 * @param {readonly Column[]} columns
 * @param {{ pagingState?: Buffer | null, isSkipped?: boolean }} [options]
 * @returns {Buffer[]}
 */
export function rowsMetadata({ keyspace, name }, columns, { pagingState = null, isSkipped = false } = {}) {
  const more = pagingState === null ? 0 : METADATA.hasMorePages;
  const paging = pagingState === null ? [] : [int(pagingState.length), pagingState];
  if (isSkipped) return [int(METADATA.none | more), int(columns.length), ...paging];
  return [int(METADATA.globalSpec | more), int(columns.length), ...paging, ...specs(keyspace, name, columns)];
}

/** @param {string} keyspace @param {string} name @param {readonly Column[]} columns */
function specs(keyspace, name, columns) {
  return [string(keyspace), string(name), ...columns.flatMap((column) => [string(column.name), column.type])];
}

/**
 * The metadata of a prepared statement's markers (section 4.2.5.4), without the places of the partition key.
 * @param {{ keyspace: string, name: string }} table
 * @param {readonly Column[]} markers
 */
export function markersMetadata({ keyspace, name }, markers) {
  if (markers.length === 0) return [int(0), int(0), int(0)];
  return [int(METADATA.globalSpec), int(markers.length), int(0), ...specs(keyspace, name, markers)];
}

/**
 * The rows of a RESULT frame as received.
 * @param {Buffer} body
 * @returns {{ columns: Column[], pagingState: Buffer | null, rows: number, cells: Buffer } | null} null: no rows result
 */
export function readRows(body) {
  const reader = new Reader(body);
  if (reader.int() !== RESULT.rows) return null;
  const flags = reader.int();
  const count = reader.int();
  const pagingState = (flags & METADATA.hasMorePages) === 0 ? null : reader.cell();
  const isGlobal = (flags & METADATA.globalSpec) !== 0;
  if (isGlobal) [reader.string(), reader.string()];
  const columns = Array.from({ length: count }, () => {
    if (!isGlobal) [reader.string(), reader.string()];
    return { name: reader.string(), type: reader.type() };
  });
  const rows = reader.int();
  return { columns, pagingState, rows, cells: body.subarray(reader.at) };
}
