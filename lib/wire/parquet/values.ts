import { int8At, int16At, int32At, varintAt } from '@/lib/wire/bytes';
import type { StepWriter, ValueWriter } from '@/lib/wire/cell';
import { ValueError } from '@/lib/wire/errors';
import { formatDecimal } from '@/lib/wire/format';
import type { TextSink } from '@/lib/wire/sink';
import { copySteps } from '@/lib/wire/steps';
import { checkDecimal, EXACT_BYTES, smallVarintAt } from '@/lib/wire/write-scalar';
import { copyUntil, PLAIN_TEXT } from '@/lib/wire/write-text';
import { isTimeOfDay } from '@/lib/wire/write-time';

/**
 * Values in Parquet's PLAIN encoding, straight from protocol bytes: numbers little-endian, byte arrays preceded by a 32-bit
 * length. Each writer appends one value that is neither null nor of the wrong size.
 */

function putInt32(out: Uint8Array, at: number, value: number): void {
  out[at] = value;
  out[at + 1] = value >> 8;
  out[at + 2] = value >> 16;
  out[at + 3] = value >> 24;
}

/** Appends a 32-bit integer. */
export function appendInt32(value: number, sink: TextSink): void {
  sink.reserve(4);
  putInt32(sink.bytes, sink.length, value);
  sink.length += 4;
}

/** Appends a 64-bit integer. */
export function appendInt64(value: bigint, sink: TextSink): void {
  appendInt32(Number(BigInt.asIntN(32, value)), sink);
  appendInt32(Number(BigInt.asIntN(32, value >> 32n)), sink);
}

/** int and float: four bytes reversed. */
export const plain32: ValueWriter = (source, start, _end, sink) => {
  sink.reserve(4);
  const out = sink.bytes;
  const at = sink.length;
  out[at] = source[start + 3] ?? 0;
  out[at + 1] = source[start + 2] ?? 0;
  out[at + 2] = source[start + 1] ?? 0;
  out[at + 3] = source[start] ?? 0;
  sink.length = at + 4;
};

/** bigint, counter, timestamp and double: eight bytes reversed. */
export const plain64: ValueWriter = (source, start, _end, sink) => {
  sink.reserve(8);
  const out = sink.bytes;
  const at = sink.length;
  for (let i = 0; i < 8; i++) out[at + i] = source[start + 7 - i] ?? 0;
  sink.length = at + 8;
};

/** Days since 1970: the protocol counts from -2³¹, so only the highest bit differs. */
export const plainDate: ValueWriter = (source, start, end, sink) => {
  plain32(source, start, end, sink);
  const top = sink.length - 1;
  sink.bytes[top] = (sink.bytes[top] ?? 0) ^ 0x80;
};

/** Nanoseconds since midnight; the server accepts any 64 bits, Parquet's TIME does not. */
export const plainTime: ValueWriter = (source, start, end, sink) => {
  if (!isTimeOfDay(source, start)) throw new ValueError('a time outside a day, which a Parquet TIME cannot hold');
  plain64(source, start, end, sink);
};

export const plainInt16: ValueWriter = (source, start, _end, sink) => appendInt32(int16At(source, start), sink);

export const plainInt8: ValueWriter = (source, start, _end, sink) => appendInt32(int8At(source, start), sink);

/** One byte per value: the page packs them into bits. */
export const plainBoolean: ValueWriter = (source, start, _end, sink) => sink.byte(source[start] === 0 ? 0 : 1);

/** The 16 bytes of a UUID, unchanged. */
export const plainUuid: ValueWriter = (source, start, _end, sink) => {
  sink.reserve(16);
  const out = sink.bytes;
  const at = sink.length;
  for (let i = 0; i < 16; i++) out[at + i] = source[start + i] ?? 0;
  sink.length = at + 16;
};

/** The writer's output as a byte array, preceded by its length. */
export function lengthFirst(writer: ValueWriter): ValueWriter {
  return (source, start, end, sink) => {
    sink.reserve(4);
    const lengthAt = sink.length;
    sink.length += 4;
    writer(source, start, end, sink);
    putInt32(sink.bytes, lengthAt, sink.length - lengthAt - 4);
  };
}

/** {@link lengthFirst} in steps; the output stays in the sink until the last step. */
function lengthFirstSteps(steps: StepWriter): StepWriter {
  return function* (source, start, end, sink) {
    sink.reserve(4);
    const lengthAt = sink.length;
    sink.length += 4;
    yield* steps(source, start, end, sink);
    putInt32(sink.bytes, lengthAt, sink.length - lengthAt - 4);
  };
}

export const plainTextSteps: StepWriter = lengthFirstSteps(copySteps(PLAIN_TEXT));

/** UTF-8, checked: invalid bytes become U+FFFD, as in every other format. */
export const plainText: ValueWriter = lengthFirst((source, start, end, sink) => {
  copyUntil(source, start, end, sink, PLAIN_TEXT);
});

export const plainBlob: ValueWriter = lengthFirst((source, start, end, sink) => {
  sink.raw(source.subarray(start, end));
});

/** Digits of a Parquet decimal of 16 bytes, the most that readers support. */
export const DECIMAL_DIGITS = 38;
export const DECIMAL_BYTES = 16;

const LIMIT = 10n ** BigInt(DECIMAL_DIGITS);

/** Any value of at most this many bytes is under 10³⁸. */
const SURE_BYTES = 15;
/** A fitting value times a power of ten up to this one is exact. */
const MOST_EXACT_PLACES = 15;
const TWO_32 = 2 ** 32;

/** Appends the two's complement integer in `[start, end)`, at most 16 bytes of it, as 16 bytes. */
function appendExtended(source: Uint8Array, start: number, end: number, sink: TextSink): void {
  sink.reserve(DECIMAL_BYTES);
  const out = sink.bytes;
  let at = sink.length;
  const sign = (source[start] ?? 0) & 0x80 ? 0xff : 0;
  for (let i = end - start; i < DECIMAL_BYTES; i++) out[at++] = sign;
  for (let i = start; i < end; i++) out[at++] = source[i] ?? 0;
  sink.length = at;
}

function appendWords(words: readonly number[], sink: TextSink): void {
  for (const word of words) {
    sink.reserve(4);
    const at = sink.length;
    for (let i = 0; i < 4; i++) sink.bytes[at + i] = word >> (24 - 8 * i);
    sink.length = at + 4;
  }
}

/** Appends a whole number within ±2⁵³ as 16 bytes. */
function appendWhole(value: number, sink: TextSink): void {
  const high = Math.floor(value / TWO_32);
  const sign = value < 0 ? -1 : 0;
  appendWords([sign, sign, high | 0, (value - high * TWO_32) | 0], sink);
}

function appendBig(value: bigint, sink: TextSink): void {
  appendWords(
    [96n, 64n, 32n, 0n].map((bits) => Number(BigInt.asIntN(32, value >> bits))),
    sink,
  );
}

/** `unscaled` shifted by `places` decimal places; undefined if digits would be lost or there are more than 38. */
function rescaled(unscaled: bigint, places: number): bigint | undefined {
  if (unscaled === 0n) return 0n;
  if (Math.abs(places) > DECIMAL_DIGITS && places > 0) return undefined;
  let value = unscaled;
  if (places >= 0) value *= 10n ** BigInt(places);
  else {
    if (-places > unscaled.toString().length) return undefined;
    const unit = 10n ** BigInt(-places);
    if (value % unit !== 0n) return undefined;
    value /= unit;
  }
  return value > -LIMIT && value < LIMIT ? value : undefined;
}

/** How much of a value's text an error shows. */
const SHOWN_CHARACTERS = 60;

function misfit(unscaled: bigint, from: number, scale: number): ValueError {
  const text = formatDecimal(unscaled, from);
  const shown =
    text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}… (${text.length} characters)` : text;
  return new ValueError(
    `${shown} does not fit decimal(${DECIMAL_DIGITS}, ${scale}) exactly. Choose another scale, or text`,
  );
}

/** Appends the unscaled value in `[start, end)` of scale `from` as a decimal of scale `to`. Throws ValueError. */
function appendDecimal(source: Uint8Array, start: number, end: number, from: number, to: number, sink: TextSink): void {
  const places = to - from;
  const length = end - start;
  if (places === 0 && length <= SURE_BYTES) {
    appendExtended(source, start, end, sink);
    return;
  }
  if (places > 0 && places <= MOST_EXACT_PLACES && length <= EXACT_BYTES) {
    const value = smallVarintAt(source, start, end) * 10 ** places;
    if (Number.isSafeInteger(value)) {
      appendWhole(value, sink);
      return;
    }
  }
  const unscaled = varintAt(source, start, end);
  const value = rescaled(unscaled, places);
  if (value === undefined) throw misfit(unscaled, from, to);
  appendBig(value, sink);
}

/** A decimal of 38 digits, `scale` of them after the point. Throws ValueError for a value that is not exactly such a number. */
export function plainDecimal(scale: number): ValueWriter {
  return (source, start, end, sink) => {
    checkDecimal(start, end);
    appendDecimal(source, start + 4, end, int32At(source, start), scale, sink);
  };
}

/** A varint as a decimal of 38 digits and scale 0. Throws ValueError for more digits. */
export const plainVarint: ValueWriter = (source, start, end, sink) => appendDecimal(source, start, end, 0, 0, sink);
