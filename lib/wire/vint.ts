import { WireError } from './errors';

/**
 * Cassandra's variable-length integers (`org.apache.cassandra.utils.vint.VIntCoding`): the count of leading one bits of
 * the first byte is the count of bytes that follow, the rest is big-endian. Signed ones are zigzag-encoded on top.
 */

/** How many bytes the vint that starts with `first` has, 1 to 9. */
export function vintSize(first: number): number {
  return Math.clz32(~(first << 24)) + 1;
}

/** The size of the unsigned vint at `at`, checked to lie before `end`. */
function checkedSize(bytes: Uint8Array, at: number, end: number): number {
  const size = at < end ? vintSize(bytes[at] ?? 0) : 1;
  if (at + size > end) throw new WireError('a variable-length integer runs past the end of its value');
  return size;
}

/** A vector element's length at `at`, and where it ends: the length is an unsigned vint of at most 32 bits. */
function unsignedVintAt(bytes: Uint8Array, at: number, end: number): { value: bigint; next: number } {
  const size = checkedSize(bytes, at, end);
  let value = size >= 8 ? 0n : BigInt((bytes[at] ?? 0) & (0xff >> size));
  for (let i = 1; i < size; i++) value = (value << 8n) | BigInt(bytes[at + i] ?? 0);
  return { value, next: at + size };
}

/** A signed vint at `at`, and where it ends. */
export function signedVintAt(bytes: Uint8Array, at: number, end: number): { value: bigint; next: number } {
  const { value, next } = unsignedVintAt(bytes, at, end);
  return { value: (value >> 1n) ^ -(value & 1n), next };
}

/** An element length of a vector at `at`, as a number; lengths over 2³¹ are malformed. */
export function lengthVintAt(bytes: Uint8Array, at: number, end: number): number {
  const size = checkedSize(bytes, at, end);
  if (size === 1) return bytes[at] ?? 0;
  const { value } = unsignedVintAt(bytes, at, end);
  if (value > 0x7fffffffn) throw new WireError(`an element claims to be ${value} bytes long`);
  return Number(value);
}

/** The bytes of an unsigned vint, 0 ≤ value < 2⁶⁴. */
export function encodeUnsignedVint(value: bigint): Uint8Array {
  let size = 1;
  while (size < 9 && value >> BigInt(7 * size) > 0n) size++;
  const bytes = new Uint8Array(size);
  let rest = value;
  for (let i = size - 1; i >= 0; i--) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  bytes[0] = (bytes[0] ?? 0) | ((0xff00 >> (size - 1)) & 0xff);
  return bytes;
}

/** The bytes of a signed vint, -2⁶³ ≤ value < 2⁶³. */
export function encodeSignedVint(value: bigint): Uint8Array {
  return encodeUnsignedVint(BigInt.asUintN(64, (value << 1n) ^ (value >> 63n)));
}
