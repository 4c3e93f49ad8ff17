/**
 * Cassandra's Murmur3 tokens: MurmurHash3 x64 128, seed 0, first half, as `org.apache.cassandra.utils.MurmurHash`
 * computes it. It differs from the published algorithm in the tail, where Cassandra treats bytes as signed; `Long.MIN`
 * is reserved for the ring's minimum and becomes `Long.MAX` (`Murmur3Partitioner.normalize`).
 */

import { MAX_TOKEN, MIN_TOKEN } from './token-ends';

export { MAX_TOKEN, MIN_TOKEN };

const MASK = 0xffff_ffff_ffff_ffffn;
const C1 = 0x87c3_7b91_1142_53d5n;
const C2 = 0x4cf5_ad43_2745_937fn;

function rotateLeft(value: bigint, bits: bigint): bigint {
  return ((value << bits) | (value >> (64n - bits))) & MASK;
}

function finalMix(value: bigint): bigint {
  let mixed = value;
  mixed ^= mixed >> 33n;
  mixed = (mixed * 0xff51_afd7_ed55_8ccdn) & MASK;
  mixed ^= mixed >> 33n;
  mixed = (mixed * 0xc4ce_b9fe_1a85_ec53n) & MASK;
  return mixed ^ (mixed >> 33n);
}

function mixLow(block: bigint): bigint {
  return (rotateLeft((block * C1) & MASK, 31n) * C2) & MASK;
}

function mixHigh(block: bigint): bigint {
  return (rotateLeft((block * C2) & MASK, 33n) * C1) & MASK;
}

/** Up to eight bytes, little endian, each sign-extended before it is shifted into place: Cassandra's variant. */
function signedTail(tail: Int8Array): bigint {
  let value = 0n;
  for (const [index, byte] of tail.entries()) value ^= (BigInt(byte) << BigInt(index * 8)) & MASK;
  return value;
}

/** The token of a partition key's bytes, from -2^63+1 to 2^63-1; an empty key has the ring's minimum, -2^63. */
export function murmur3Token(partitionKeyBytes: Uint8Array): bigint {
  const { buffer, byteOffset, byteLength } = partitionKeyBytes;
  if (byteLength === 0) return MIN_TOKEN;
  const view = new DataView(buffer, byteOffset, byteLength);
  const whole = byteLength - (byteLength % 16);
  let h1 = 0n;
  let h2 = 0n;
  for (let at = 0; at < whole; at += 16) {
    h1 ^= mixLow(view.getBigUint64(at, true));
    h1 = ((rotateLeft(h1, 27n) + h2) * 5n + 0x52dc_e729n) & MASK;
    h2 ^= mixHigh(view.getBigUint64(at + 8, true));
    h2 = ((rotateLeft(h2, 31n) + h1) * 5n + 0x3849_5ab5n) & MASK;
  }
  const tail = new Int8Array(buffer, byteOffset + whole, byteLength - whole);
  h2 ^= mixHigh(signedTail(tail.subarray(8)));
  h1 ^= mixLow(signedTail(tail.subarray(0, 8)));
  return normalize(finish(h1, h2, BigInt(byteLength)));
}

function finish(h1: bigint, h2: bigint, length: bigint): bigint {
  const low = ((h1 ^ length) + (h2 ^ length)) & MASK;
  const high = ((h2 ^ length) + low) & MASK;
  return BigInt.asIntN(64, finalMix(low) + finalMix(high));
}

function normalize(token: bigint): bigint {
  return token === MIN_TOKEN ? MAX_TOKEN : token;
}

/**
 * The bytes of a partition key: for one column its value, for several the composite form (`CompositeType`): for each a
 * 2-byte length, the value and a zero byte.
 */
export function routingKey(components: readonly Uint8Array[]): Uint8Array {
  const [only] = components;
  if (components.length === 1 && only !== undefined) return only;
  const key = new Uint8Array(components.reduce((size, component) => size + component.byteLength + 3, 0));
  const view = new DataView(key.buffer);
  let at = 0;
  for (const component of components) {
    if (component.byteLength > 0xffff) throw new RangeError('a partition key column can have at most 65535 bytes');
    view.setUint16(at, component.byteLength);
    key.set(component, at + 2);
    at += component.byteLength + 3;
  }
  return key;
}
