import type { Write } from '@/lib/transform/fields';

/** A row as the read-back keeps it between the file and the table. */
export interface KeptRow {
  /** Among the records of all files, from 1. */
  readonly number: number;
  readonly writes: readonly Pick<Write, 'values' | 'isStatic'>[];
}

/** Length of the rest, token, number, count of writes. */
const [TOKEN_AT, NUMBER_AT, WRITES_AT, HEAD_BYTES] = [4, 12, 20, 24];
/** As in the protocol: lengths of what has no bytes. */
const [NULL, UNSET] = [-1, -2];

/** Bytes of a row with the token of its partition; {@link unpackedRow} reads them. */
export function packedRow({ number, writes }: KeptRow, token: bigint): Buffer {
  let bytes = HEAD_BYTES;
  for (const { values } of writes) bytes += values.reduce((sum, value) => sum + 4 + (value?.length ?? 0), 1);
  const packed = Buffer.allocUnsafe(bytes);
  packed.writeUInt32BE(bytes);
  packed.writeBigInt64BE(token, TOKEN_AT);
  packed.writeDoubleBE(number, NUMBER_AT);
  packed.writeUInt32BE(writes.length, WRITES_AT);
  let at = HEAD_BYTES;
  for (const { values, isStatic } of writes) {
    at = packed.writeUInt8(isStatic ? 1 : 0, at);
    for (const value of values) {
      at = packed.writeInt32BE(value === undefined ? UNSET : (value?.length ?? NULL), at);
      if (value != null) packed.set(value, at);
      at += value?.length ?? 0;
    }
  }
  return packed;
}

/** @param columns as many as each write has values */
export function unpackedRow(packed: Buffer, columns: number): KeptRow {
  let at = HEAD_BYTES;
  const value = () => {
    const length = packed.readInt32BE(at);
    const from = at + 4;
    at = from + Math.max(0, length);
    if (length === UNSET) return undefined;
    return length === NULL ? null : packed.subarray(from, at);
  };
  const writes = Array.from({ length: packed.readUInt32BE(WRITES_AT) }, () => {
    const isStatic = packed.readUInt8(at++) === 1;
    return { isStatic, values: Array.from({ length: columns }, value) };
  });
  return { number: packed.readDoubleBE(NUMBER_AT), writes };
}

/** A packed row, and the token of its partition. */
export interface PackedRow {
  readonly token: bigint;
  readonly bytes: Buffer;
}

/** The packed rows in what was read of a file. They share its memory. @throws RangeError for a row that is cut off */
export async function* packedRows(chunks: AsyncIterable<Buffer>): AsyncGenerator<PackedRow, void> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    while (bytes.length - at >= HEAD_BYTES) {
      const end = at + bytes.readUInt32BE(at);
      if (end > bytes.length) break;
      yield { token: bytes.readBigInt64BE(at + TOKEN_AT), bytes: bytes.subarray(at, end) };
      at = end;
    }
    rest = bytes.subarray(at);
  }
  if (rest.length > 0) throw new RangeError('a kept row is cut off');
}
