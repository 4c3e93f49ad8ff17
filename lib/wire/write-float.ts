import { float32At, float64At, int32At } from './bytes';
import { formatFloat32, formatFloat64 } from './format';
import type { TextSink } from './sink';
import { MINUS, MOST_DIGITS, putPadded, putWhole } from './write-number';

const POINT = 0x2e;

/** Powers of ten that a double represents exactly. */
const TENS = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/** Writes scaled ÷ 10^decimals with sign and point. */
function writeFixed(negative: boolean, scaled: number, decimals: number, sink: TextSink): void {
  sink.reserve(MOST_DIGITS + 2);
  const out = sink.bytes;
  let at = sink.length;
  if (negative) out[at++] = MINUS;
  if (decimals === 0) {
    sink.length = putWhole(out, at, scaled);
    return;
  }
  const unit = TENS[decimals] ?? 1;
  const whole = Math.floor(scaled / unit);
  at = putWhole(out, at, whole);
  out[at++] = POINT;
  putPadded(out, at, scaled - whole * unit, decimals);
  sink.length = at + decimals;
}

/**
 * Writes a double whose shortest text has only a few decimals, and returns whether it did. Such a number is its decimal
 * rounded once, and so is the quotient of two exact doubles: if they are equal, the decimal reads back as the number. It is
 * the shortest, because it has at most 13 digits, and no two decimals of up to 15 digits are the same double.
 */
function writeShortFloat64(value: number, sink: TextSink): boolean {
  const size = Math.abs(value);
  if (!(size >= 1e-3 && size < 1e9)) return false;
  for (let decimals = 0; decimals <= 4; decimals++) {
    const unit = TENS[decimals] ?? 1;
    const scaled = Math.round(size * unit);
    if (scaled / unit === size) {
      writeFixed(value < 0, scaled, decimals, sink);
      return true;
    }
  }
  return false;
}

/** The same for a float32, read as a double: the decimal must read back as the same float32. */
function writeShortFloat32(value: number, sink: TextSink): boolean {
  const size = Math.abs(value);
  if (!(size >= 1e-1 && size < 1e7)) return false;
  for (let decimals = 0; decimals <= 8; decimals++) {
    const unit = TENS[decimals] ?? 1;
    const scaled = Math.round(size * unit);
    if (Math.fround(scaled / unit) === size) {
      writeFixed(value < 0, scaled, decimals, sink);
      return true;
    }
  }
  return false;
}

/** Any decimal of this many digits survives a round trip through the nearest double (DBL_DIG of C). */
const DIGITS_KEPT = 15;
/** This many digits are enough for any double to survive a round trip (DBL_DECIMAL_DIG). */
const DIGITS_ENOUGH = 17;

/** The range written digit by digit: below it, the text has an exponent or 10^decimals is inexact; above it, no fraction. */
const LEAST_LONG = 1e-4;
const MOST_LONG = 1e15;

/** Splits a double into two halves of 26 bits, whose products are exact (T. J. Dekker, 1971). */
const SPLIT = 2 ** 27 + 1;
const upperHalf = (value: number) => {
  const shifted = SPLIT * value;
  return shifted - (shifted - value);
};
const TENS_UPPER = TENS.map(upperHalf);

/** Numbers closer than this are not compared, because rounding might decide. */
const DOUBT = 1e-9;

/** Half of the distance to the next double, by the exponent's bits from {@link FIRST_EXPONENT} on. */
const FIRST_EXPONENT = 1_023 - 14;
const HALF_GAPS = Float64Array.from({ length: 64 }, (_, index) => 2 ** (FIRST_EXPONENT + index - 1_023 - 53));

/** How many digits of a number precede its point; for one below 1, minus the zeros after the point. */
function digitsBefore(size: number): number {
  let digits = 0;
  if (size >= 1) while (size >= (TENS[digits] ?? 0)) digits++;
  else while (size * (TENS[1 - digits] ?? 0) < 1) digits--;
  return digits;
}

/**
 * The whole number found by {@link nearest}, as a sum, because the first part alone may be too large to have units. In an
 * array, because a module variable would box every number.
 */
const found = new Float64Array(2);

/**
 * Finds the whole number nearest to fraction × 10^decimals. 1: divided again, it is within `halfGap` of the fraction, so it
 * is the same double; 0: it is not; -1: too close to the limit to tell.
 */
function nearest(fraction: number, decimals: number, halfGap: number): -1 | 0 | 1 {
  const ten = TENS[decimals] ?? 0;
  const tenUpper = TENS_UPPER[decimals] ?? 0;
  const tenLower = ten - tenUpper;
  const upper = upperHalf(fraction);
  const lower = fraction - upper;
  const product = fraction * ten;
  // product + error is exactly fraction × ten.
  const error = lower * tenLower - (product - upper * tenUpper - lower * tenUpper - upper * tenLower);
  const floor = Math.floor(product);
  const rest = product - floor + error;
  const units = Math.round(rest);
  found[0] = floor;
  found[1] = units;
  const distance = Math.abs(rest - units);
  const limit = halfGap * ten;
  if (Math.abs(distance - limit) < DOUBT || distance > 0.5 - DOUBT) return -1;
  return distance < limit ? 1 : 0;
}

/**
 * Writes a double as the shortest decimal that reads back as the same number, and the nearest of those, like Number's own
 * text (ECMA-262, Number::toString); returns whether it could. Tries 15 digits, then 16, then 17, which always suffice.
 */
function writeLongFloat64(value: number, exponent: number, sink: TextSink): boolean {
  const size = Math.abs(value);
  if (!(size >= LEAST_LONG && size < MOST_LONG)) return false;
  const whole = Math.floor(size);
  // Exact, because both are multiples of the last bit of size.
  const fraction = size - whole;
  const halfGap = HALF_GAPS[exponent - FIRST_EXPONENT] ?? 0;
  const before = digitsBefore(size);
  if (fraction === 0 || before === DIGITS_KEPT) return false;
  for (let digits = DIGITS_KEPT; digits <= DIGITS_ENOUGH; digits++) {
    const is = nearest(fraction, digits - before, halfGap);
    if (is < 0) return false;
    if (is === 0) continue;
    writeParts(value < 0, whole, digits - before, sink);
    return true;
  }
  return false;
}

/** Writes `whole`, the point, and the result of {@link nearest} with that many decimals, without trailing zeros. */
function writeParts(negative: boolean, whole: number, decimals: number, sink: TextSink): void {
  sink.reserve(2 * MOST_DIGITS + 2);
  const out = sink.bytes;
  let at = sink.length;
  if (negative) out[at++] = MINUS;
  at = putWhole(out, at, whole);
  out[at++] = POINT;
  const floor = found[0] ?? 0;
  let high = Math.floor(floor / 1e9);
  let low = floor - high * 1e9 + (found[1] ?? 0);
  if (low < 0 || low >= 1e9) {
    const carry = Math.sign(low);
    high += carry;
    low -= carry * 1e9;
  }
  if (decimals > 9) {
    putPadded(out, at, high, decimals - 9);
    putPadded(out, at + decimals - 9, low, 9);
  } else putPadded(out, at, low, decimals);
  at += decimals;
  while (out[at - 1] === 0x30) at--;
  sink.length = at;
}

/** Writes a double; non-finite ones as a bare word. */
export function writeFloat64(source: Uint8Array, start: number, _end: number, sink: TextSink): void {
  const value = float64At(source, start);
  if (writeShortFloat64(value, sink)) return;
  const high = int32At(source, start);
  // The next double is closer below a power of two than above it.
  const isPower = (high & 0xf_ffff) === 0 && int32At(source, start + 4) === 0;
  if (isPower || !writeLongFloat64(value, (high >>> 20) & 0x7ff, sink)) sink.ascii(formatFloat64(value));
}

/** Writes a float32 as its shortest text; non-finite ones as a bare word. */
export function writeFloat32(source: Uint8Array, start: number, _end: number, sink: TextSink): void {
  const value = float32At(source, start);
  if (!writeShortFloat32(value, sink)) sink.ascii(formatFloat32(value));
}
