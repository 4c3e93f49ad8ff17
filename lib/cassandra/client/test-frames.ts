/** Handmade frames of the native protocol v4, for tests of how the driver reads them. */

/** Flags of a frame's header (native protocol v4, section 2.2). */
export const FLAGS = { tracing: 0x02, customPayload: 0x04, warning: 0x08 } as const;

const RESPONSE_V4 = 0x84;
const OPCODE = {
  error: 0x00,
  ready: 0x02,
  authenticate: 0x03,
  supported: 0x06,
  result: 0x08,
  event: 0x0c,
  authChallenge: 0x0e,
} as const;
const RESULT_KIND = { void: 1, rows: 2 } as const;
const HAS_MORE_PAGES = 0x02;
const GLOBAL_TABLES_SPEC = 0x01;

/** Type codes of `[option]` (section 4.2.5.2). */
export const INT = 0x0009;
export const TEXT = 0x000d;

export interface RowsResult {
  readonly columns: readonly { readonly name: string; readonly type: number }[];
  /** Each cell's bytes; null is a null. */
  readonly rows: readonly (readonly (Buffer | null)[])[];
  readonly pagingState?: Buffer;
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

export function short(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

export function string(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([short(bytes.length), bytes]);
}

/** A cell: `[bytes]`. */
export function cell(value: Buffer | null): Buffer {
  return value === null ? int32(-1) : Buffer.concat([int32(value.length), value]);
}

/** What precedes the result if the flags say so: trace id, warnings, custom payload, in this order. */
export interface Preamble {
  readonly traceId?: Buffer;
  readonly warnings?: readonly string[];
  readonly customPayload?: Readonly<Record<string, Buffer>>;
}

function preamble({ traceId, warnings, customPayload }: Preamble): { flags: number; bytes: Buffer[] } {
  const payload = Object.entries(customPayload ?? {});
  return {
    flags:
      (traceId ? FLAGS.tracing : 0) | (warnings ? FLAGS.warning : 0) | (payload.length > 0 ? FLAGS.customPayload : 0),
    bytes: [
      ...(traceId ? [traceId] : []),
      ...(warnings ? [short(warnings.length), ...warnings.map(string)] : []),
      ...(payload.length > 0 ? [short(payload.length)] : []),
      ...payload.flatMap(([name, value]) => [string(name), cell(value)]),
    ],
  };
}

function frame(streamId: number, opcode: number, parts: readonly Buffer[], before: Preamble): Buffer {
  const { flags, bytes } = preamble(before);
  const body = Buffer.concat([...bytes, ...parts]);
  return Buffer.concat([header(streamId, opcode, body.length, flags), body]);
}

/** Only a header, which may announce any number of bytes. */
export function header(streamId: number, opcode: number, bodyLength: number, flags = 0): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bodyLength);
  return Buffer.concat([Buffer.from([RESPONSE_V4, flags, (streamId >> 8) & 0xff, streamId & 0xff, opcode]), length]);
}

/** A frame with any body. */
export function rawFrame(kind: keyof typeof OPCODE, streamId: number, ...body: readonly Buffer[]): Buffer {
  return frame(streamId, OPCODE[kind], body, {});
}

/** The rows' cells as in the frame: exactly what an undecoded page must contain. */
export function cellsOf({ rows }: RowsResult): Buffer {
  return Buffer.concat(rows.flatMap((row) => row.map(cell)));
}

/** A RESULT frame of kind rows, with the column specs of one table. */
export function rowsFrame(streamId: number, result: RowsResult, before: Preamble = {}): Buffer {
  const { columns, rows, pagingState } = result;
  const flags = GLOBAL_TABLES_SPEC | (pagingState === undefined ? 0 : HAS_MORE_PAGES);
  const metadata = [
    int32(RESULT_KIND.rows),
    int32(flags),
    int32(columns.length),
    ...(pagingState === undefined ? [] : [cell(pagingState)]),
    string('ks'),
    string('t'),
    ...columns.flatMap(({ name, type }) => [string(name), short(type)]),
  ];
  return frame(streamId, OPCODE.result, [...metadata, int32(rows.length), cellsOf(result)], before);
}

export function voidFrame(streamId: number, before: Preamble = {}): Buffer {
  return frame(streamId, OPCODE.result, [int32(RESULT_KIND.void)], before);
}

export function errorFrame(streamId: number, code: number, message: string): Buffer {
  return frame(streamId, OPCODE.error, [int32(code), string(message)], {});
}
