import { int32At, uint32At } from './bytes';
import type { TextSink } from './sink';

const ZERO = 0x30;
export const MINUS = 0x2d;

/** Longest text of a 64-bit integer, sign included. */
export const MOST_DIGITS = 20;

/** Writes `digits` decimal digits of 0 ≤ value < 2³¹, with leading zeros, at `at`. */
export function putPadded(out: Uint8Array, at: number, value: number, digits: number): void {
  let rest = value;
  for (let i = at + digits - 1; i >= at; i--) {
    const quotient = (rest / 10) | 0;
    out[i] = ZERO + rest - quotient * 10;
    rest = quotient;
  }
}

function digitCount(value: number): number {
  if (value < 1e5) {
    if (value < 100) return value < 10 ? 1 : 2;
    if (value < 1000) return 3;
    return value < 10_000 ? 4 : 5;
  }
  if (value < 1e7) return value < 1e6 ? 6 : 7;
  if (value < 1e8) return 8;
  return value < 1e9 ? 9 : 10;
}

/** Writes 0 ≤ value < 2³¹; there must be room. Returns where it ends. */
function putUint31(out: Uint8Array, at: number, value: number): number {
  const digits = digitCount(value);
  putPadded(out, at, value, digits);
  return at + digits;
}

/** Writes a whole number 0 ≤ value < 2⁵³; there must be room. Returns where it ends. */
export function putWhole(out: Uint8Array, at: number, value: number): number {
  if (value < 0x7fffffff) return putUint31(out, at, value | 0);
  const high = Math.floor(value / 1e9);
  const next = putWhole(out, at, high);
  putPadded(out, next, (value - high * 1e9) | 0, 9);
  return next + 9;
}

/** Writes a whole number, -2⁵³ < value < 2⁵³. */
export function writeWhole(value: number, sink: TextSink): void {
  sink.reserve(MOST_DIGITS);
  const out = sink.bytes;
  let at = sink.length;
  if (value < 0) out[at++] = MINUS;
  sink.length = putWhole(out, at, value < 0 ? -value : value);
}

/** Writes the signed 64-bit integer at `start`. */
export function writeInt64(source: Uint8Array, start: number, _end: number, sink: TextSink): void {
  const high = int32At(source, start);
  // Within ±2⁵³ a double holds it exactly.
  if (high >= -0x200000 && high < 0x200000) {
    writeWhole(high * 0x100000000 + uint32At(source, start + 4), sink);
    return;
  }
  writeBigInt64(high, uint32At(source, start + 4), sink);
}

/** Divides by 10⁹ in steps of 16 bits, where doubles are exact: several times faster than BigInt. */
function writeBigInt64(high: number, low: number, sink: TextSink): void {
  sink.reserve(MOST_DIGITS);
  const out = sink.bytes;
  let at = sink.length;
  let top = high;
  let bottom = low;
  if (high < 0) {
    out[at++] = MINUS;
    bottom = -low >>> 0;
    top = bottom === 0 ? -high : ~high;
  }
  top = top >>> 0;
  const q3 = Math.floor(top / 1e9);
  const r1 = (top - q3 * 1e9) * 0x10000 + (bottom >>> 16);
  const q1 = Math.floor(r1 / 1e9);
  const r0 = (r1 - q1 * 1e9) * 0x10000 + (bottom & 0xffff);
  const q0 = Math.floor(r0 / 1e9);
  // The quotient is at most 2⁶³ ÷ 10⁹ < 2³⁴, so it is exact.
  const next = putWhole(out, at, q3 * 0x100000000 + q1 * 0x10000 + q0);
  putPadded(out, next, r0 - q0 * 1e9, 9);
  sink.length = next + 9;
}
