/**
 * Cassandra's Murmur3 tokens: MurmurHash3 x64 128, seed 0, first half, as `org.apache.cassandra.utils.MurmurHash`
 * computes it. It differs from the published algorithm in the tail, where Cassandra treats bytes as signed; `Long.MIN`
 * is reserved for the ring's minimum and becomes `Long.MAX` (`Murmur3Partitioner.normalize`).
 */

import { MAX_TOKEN, MIN_TOKEN } from './token-ends';

export { MAX_TOKEN, MIN_TOKEN };

/** A 64-bit number as two halves: with BigInt a token costs as much as reading a row of CSV. */
interface Halves {
  /** Signed, as the operators of JavaScript leave them. */
  high: number;
  low: number;
}

const C1: Halves = { high: 0x87c3_7b91, low: 0x1142_53d5 };
const C2: Halves = { high: 0x4cf5_ad43, low: 0x2745_937f };
const FIVE: Halves = { high: 0, low: 5 };
const [ADD_1, ADD_2]: [Halves, Halves] = [
  { high: 0, low: 0x52dc_e729 },
  { high: 0, low: 0x3849_5ab5 },
];
const [MIX_1, MIX_2]: [Halves, Halves] = [
  { high: 0xff51_afd7, low: 0xed55_8ccd },
  { high: 0xc4ce_b9fe, low: 0x1a85_ec53 },
];

function set(one: Halves, high: number, low: number): void {
  one.high = high | 0;
  one.low = low | 0;
}

function xor(one: Halves, other: Halves): void {
  set(one, one.high ^ other.high, one.low ^ other.low);
}

function add(one: Halves, other: Halves): void {
  const low = (one.low >>> 0) + (other.low >>> 0);
  set(one, one.high + other.high + (low > 0xffff_ffff ? 1 : 0), low);
}

/** The upper half of the product of two unsigned halves. */
function upper(one: number, other: number): number {
  const [a, b] = [one >>> 16, one & 0xffff];
  const [c, d] = [other >>> 16, other & 0xffff];
  const middle = a * d + ((b * d) >>> 16);
  const rest = b * c + (middle & 0xffff);
  return a * c + Math.floor(middle / 0x1_0000) + Math.floor(rest / 0x1_0000);
}

function multiply(one: Halves, by: Halves): void {
  const high = upper(one.low, by.low) + Math.imul(one.high, by.low) + Math.imul(one.low, by.high);
  set(one, high, Math.imul(one.low, by.low));
}

/** @param bits above 0, not 32 */
function rotateLeft(one: Halves, bits: number): void {
  if (bits > 32) {
    set(one, one.low, one.high);
    rotateLeft(one, bits - 32);
    return;
  }
  set(one, (one.high << bits) | (one.low >>> (32 - bits)), (one.low << bits) | (one.high >>> (32 - bits)));
}

function finalMix(one: Halves): void {
  one.low ^= one.high >>> 1;
  multiply(one, MIX_1);
  one.low ^= one.high >>> 1;
  multiply(one, MIX_2);
  one.low ^= one.high >>> 1;
}

function mixBlock(block: Halves, first: Halves, bits: number, second: Halves): Halves {
  multiply(block, first);
  rotateLeft(block, bits);
  multiply(block, second);
  return block;
}

/** Up to eight bytes, little endian, each sign-extended before it is shifted into place: Cassandra's variant. */
function signedTail(view: DataView, from: number, to: number): Halves {
  const value: Halves = { high: 0, low: 0 };
  for (let at = from; at < to; at++) {
    const [byte, shift] = [view.getInt8(at), (at - from) * 8];
    if (shift >= 32) value.high ^= byte << (shift - 32);
    else {
      value.low ^= byte << shift;
      value.high ^= shift === 0 ? byte >> 31 : byte >> (32 - shift);
    }
  }
  return value;
}

function blockAt(view: DataView, at: number): Halves {
  return { high: view.getInt32(at + 4, true), low: view.getInt32(at, true) };
}

/** The token of a partition key's bytes, from -2^63+1 to 2^63-1; an empty key has the ring's minimum, -2^63. */
export function murmur3Token(partitionKeyBytes: Uint8Array): bigint {
  const { buffer, byteOffset, byteLength } = partitionKeyBytes;
  if (byteLength === 0) return MIN_TOKEN;
  const view = new DataView(buffer, byteOffset, byteLength);
  const whole = byteLength - (byteLength % 16);
  const [h1, h2]: [Halves, Halves] = [
    { high: 0, low: 0 },
    { high: 0, low: 0 },
  ];
  for (let at = 0; at < whole; at += 16) {
    xor(h1, mixBlock(blockAt(view, at), C1, 31, C2));
    mixHash(h1, 27, h2, ADD_1);
    xor(h2, mixBlock(blockAt(view, at + 8), C2, 33, C1));
    mixHash(h2, 31, h1, ADD_2);
  }
  xor(h2, mixBlock(signedTail(view, Math.min(whole + 8, byteLength), byteLength), C2, 33, C1));
  xor(h1, mixBlock(signedTail(view, whole, Math.min(whole + 8, byteLength)), C1, 31, C2));
  return normalize(finish(h1, h2, byteLength));
}

function mixHash(hash: Halves, bits: number, other: Halves, more: Halves): void {
  rotateLeft(hash, bits);
  add(hash, other);
  multiply(hash, FIVE);
  add(hash, more);
}

const RESULT = new DataView(new ArrayBuffer(8));

function finish(h1: Halves, h2: Halves, length: number): bigint {
  h1.low ^= length;
  h2.low ^= length;
  add(h1, h2);
  add(h2, h1);
  finalMix(h1);
  finalMix(h2);
  add(h1, h2);
  RESULT.setInt32(0, h1.high);
  RESULT.setInt32(4, h1.low);
  return RESULT.getBigInt64(0);
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
