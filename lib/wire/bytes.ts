import { ValueError } from './errors';

/**
 * Reads big-endian numbers from bytes. Callers have checked that the bytes exist; `?? 0` only satisfies the type checker and
 * is optimised away.
 */

/** Signed 32-bit integer at `at`. */
export function int32At(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
}

/** Unsigned 32-bit integer at `at`. */
export function uint32At(bytes: Uint8Array, at: number): number {
  return int32At(bytes, at) >>> 0;
}

/** Signed 16-bit integer at `at`. */
export function int16At(bytes: Uint8Array, at: number): number {
  return (((bytes[at] ?? 0) << 24) >> 16) | (bytes[at + 1] ?? 0);
}

/** Signed 8-bit integer at `at`. */
export function int8At(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 24) >> 24;
}

/** Signed 64-bit integer at `at`. */
export function int64At(bytes: Uint8Array, at: number): bigint {
  return (BigInt(int32At(bytes, at)) << 32n) | BigInt(uint32At(bytes, at + 4));
}

/**
 * Digits cost more than linear time: 16 KiB take a few milliseconds, 12 MB over a minute, without a pause.
 */
const MOST_NUMBER_BYTES = 16 * 1024;
const NUMBER_LIMIT = `Numbers of more than ${MOST_NUMBER_BYTES} bytes (about 39,000 digits) are not written out. Leave the column out`;

/** The two's complement integer of any length in `[start, end)`, as Java's BigInteger reads it; no bytes mean 0. Throws ValueError for too many bytes. */
export function varintAt(bytes: Uint8Array, start: number, end: number): bigint {
  if (start === end) return 0n;
  if (end - start > MOST_NUMBER_BYTES) throw new ValueError(`a number of ${end - start} bytes. ${NUMBER_LIMIT}`);
  let hex = '';
  for (let i = start; i < end; i++) hex += (bytes[i] ?? 0).toString(16).padStart(2, '0');
  return BigInt.asIntN((end - start) * 8, BigInt(`0x${hex}`));
}

// Scratch for reinterpreting bits; typed arrays use the machine's order, a DataView says which one it means.
const scratch = new DataView(new ArrayBuffer(8));

/** IEEE 754 single at `at`. */
export function float32At(bytes: Uint8Array, at: number): number {
  scratch.setInt32(0, int32At(bytes, at));
  return scratch.getFloat32(0);
}

/** IEEE 754 double at `at`. */
export function float64At(bytes: Uint8Array, at: number): number {
  scratch.setInt32(0, int32At(bytes, at));
  scratch.setInt32(4, int32At(bytes, at + 4));
  return scratch.getFloat64(0);
}
