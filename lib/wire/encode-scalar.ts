import type { JsonValue } from '@/lib/contract/json';
import type { NativeTypeName } from '@/lib/cql/types';
import { ValueError } from './errors';
import {
  parseBlob,
  parseDate,
  parseDecimal,
  parseDuration,
  parseInet,
  parseTime,
  parseTimestamp,
  parseUuid,
  parseWhole,
} from './parse';
import { encodeSignedVint } from './vint';

/** The value as a person would recognise it, cut short. */
export function preview(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function withView(size: number, fill: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(size);
  fill(new DataView(bytes.buffer));
  return bytes;
}

/** A whole number from a string, or from a number that is certainly exact. */
function wholeOf(value: JsonValue): bigint | undefined {
  if (typeof value === 'string') return parseWhole(value.trim());
  if (typeof value !== 'number' || !Number.isInteger(value)) return undefined;
  if (!Number.isSafeInteger(value)) {
    throw new ValueError(`the number ${value} is too large to be exact in JSON: write it in quotes`);
  }
  return BigInt(value);
}

/** The two's complement of `value` in `size` bytes, or undefined if it does not fit. */
function wholeBytes(value: bigint | undefined, size: number): Uint8Array | undefined {
  if (value === undefined || BigInt.asIntN(size * 8, value) !== value) return undefined;
  const bytes = new Uint8Array(size);
  let rest = value;
  for (let i = size - 1; i >= 0; i--) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}

/** The shortest two's complement, like java.math.BigInteger.toByteArray: from its hex digits, in one pass. */
function varintBytes(value: bigint): Uint8Array {
  const flip = value < 0n ? 0xff : 0;
  const hex = (value < 0n ? -value - 1n : value).toString(16);
  const digits = hex.length % 2 === 0 ? hex : `0${hex}`;
  // One more byte if the highest bit would be taken for the sign.
  const lead = Number.parseInt(digits.charAt(0), 16) > 7 ? 1 : 0;
  const bytes = new Uint8Array(lead + digits.length / 2);
  bytes[0] = flip;
  for (let i = lead; i < bytes.length; i++)
    bytes[i] = flip ^ Number.parseInt(digits.slice(2 * (i - lead), 2 * (i - lead) + 2), 16);
  return bytes;
}

function numberOf(value: JsonValue): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^-?(NaN|Infinity)$/.test(text)) return Number(text.replace('-NaN', 'NaN'));
  const number = parseDecimal(text) ? Number(text) : undefined;
  return number !== undefined && Number.isFinite(number) ? number : undefined;
}

function float32Bytes(value: JsonValue): Uint8Array | undefined {
  const number = numberOf(value);
  if (number === undefined || (Number.isFinite(number) && !Number.isFinite(Math.fround(number)))) return undefined;
  return withView(4, (view) => view.setFloat32(0, number));
}

function float64Bytes(value: JsonValue): Uint8Array | undefined {
  const number = numberOf(value);
  return number === undefined ? undefined : withView(8, (view) => view.setFloat64(0, number));
}

/** A double keeps 15 digits of any decimal; a longer number may not be exact. */
const SURE_DIGITS = 15;

function decimalBytes(value: JsonValue): Uint8Array | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return undefined;
  const parsed = parseDecimal(text.trim());
  if (!parsed) return undefined;
  if (typeof value === 'number' && parsed.unscaled.toString().replace('-', '').length > SURE_DIGITS) {
    throw new ValueError(`the number ${value} has too many digits to be exact in JSON: write it in quotes`);
  }
  const scale = wholeBytes(parsed.scale, 4);
  if (scale === undefined) return undefined;
  const unscaled = varintBytes(parsed.unscaled);
  const bytes = new Uint8Array(4 + unscaled.length);
  bytes.set(scale);
  bytes.set(unscaled, 4);
  return bytes;
}

function booleanBytes(value: JsonValue): Uint8Array | undefined {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : String(value);
  return word === 'true' || word === 'false' ? Uint8Array.of(word === 'true' ? 1 : 0) : undefined;
}

function textBytes(value: JsonValue): Uint8Array | undefined {
  if (typeof value !== 'string') return undefined;
  if (/[\ud800-\udfff]/u.test(value)) throw new ValueError('the text has a lone surrogate, which UTF-8 cannot encode');
  return new TextEncoder().encode(value);
}

function asciiBytes(value: JsonValue): Uint8Array | undefined {
  const bytes = textBytes(value);
  return bytes?.every((byte) => byte < 0x80) ? bytes : undefined;
}

function timestampBytes(value: JsonValue): Uint8Array | undefined {
  const ms = wholeOf(value) ?? (typeof value === 'string' ? parseTimestamp(value.trim()) : undefined);
  return wholeBytes(ms, 8);
}

/** A text form read by `parse`, ignoring surrounding spaces. */
function fromText<T>(value: JsonValue, parse: (text: string) => T | undefined): T | undefined {
  return typeof value === 'string' ? parse(value.trim()) : undefined;
}

function dateBytes(value: JsonValue): Uint8Array | undefined {
  const days = fromText(value, parseDate);
  if (days === undefined || Math.abs(days + 0.5) > 2 ** 31) return undefined;
  return withView(4, (view) => view.setUint32(0, days + 2 ** 31));
}

function durationBytes(value: JsonValue): Uint8Array | undefined {
  const parts = fromText(value, parseDuration);
  if (!parts?.every((part, i) => wholeBytes(part, i < 2 ? 4 : 8) !== undefined)) return undefined;
  return Uint8Array.from(parts.flatMap((part) => [...encodeSignedVint(part)]));
}

function timeuuidBytes(value: JsonValue): Uint8Array | undefined {
  const bytes = fromText(value, parseUuid);
  return bytes && (bytes[6] ?? 0) >> 4 === 1 ? bytes : undefined;
}

interface Input {
  /** Undefined for what is no value of the type. */
  readonly encode: (value: JsonValue) => Uint8Array | undefined;
  /** What to write, for the message when something else was. */
  readonly expected: string;
  /** A value as it is typed, for a field that has none yet. */
  readonly example: string;
}

/** What a field, a request or a parameter accepts for each type. */
const INPUTS: Readonly<Record<NativeTypeName, Input>> = {
  ascii: {
    encode: asciiBytes,
    expected: 'ASCII text, such as "abc"',
    example: 'text',
  },
  bigint: {
    encode: (value) => wholeBytes(wholeOf(value), 8),
    expected: 'a whole number from -2⁶³ to 2⁶³-1, such as "42"',
    example: '42',
  },
  blob: {
    encode: (value) => fromText(value, parseBlob),
    expected: '0x and pairs of hex digits, such as "0xcafe"',
    example: '0xcafe',
  },
  boolean: {
    encode: booleanBytes,
    expected: 'true or false',
    example: 'true',
  },
  counter: {
    encode: (value) => wholeBytes(wholeOf(value), 8),
    expected: 'a whole number from -2⁶³ to 2⁶³-1, such as "42"',
    example: '42',
  },
  date: {
    encode: dateBytes,
    expected: 'a day, such as "2024-02-29"',
    example: '2001-01-09',
  },
  decimal: {
    encode: decimalBytes,
    expected: 'a decimal number, such as "12.50"',
    example: '12.50',
  },
  double: {
    encode: float64Bytes,
    expected: 'a number, such as 1.5, or "NaN", "Infinity", "-Infinity"',
    example: '1.5',
  },
  duration: {
    encode: durationBytes,
    expected: 'a duration, such as "1y2mo3d4h5m6s7ms8us9ns"',
    example: '1h30m',
  },
  float: {
    encode: float32Bytes,
    expected: 'a number that a float holds, such as 1.5, or "NaN", "Infinity", "-Infinity"',
    example: '1.5',
  },
  inet: {
    encode: (value) => fromText(value, parseInet),
    expected: 'an IP address, such as "192.0.2.1" or "2001:db8::1"',
    example: '127.0.0.1',
  },
  int: {
    encode: (value) => wholeBytes(wholeOf(value), 4),
    expected: 'a whole number from -2147483648 to 2147483647, such as 42',
    example: '42',
  },
  smallint: {
    encode: (value) => wholeBytes(wholeOf(value), 2),
    expected: 'a whole number from -32768 to 32767, such as 42',
    example: '42',
  },
  text: {
    encode: textBytes,
    expected: 'text, such as "abc"',
    example: 'text',
  },
  time: {
    encode: (value) => wholeBytes(fromText(value, parseTime), 8),
    expected: 'a time of day, such as "13:45:00" or "13:45:00.123456789"',
    example: '06:10:00.000000000',
  },
  timestamp: {
    encode: timestampBytes,
    expected: 'a moment with Z or an offset, such as "2024-02-29T13:45:00.000Z", or milliseconds since 1970',
    example: '2001-01-09T06:10:00.000Z',
  },
  timeuuid: {
    encode: timeuuidBytes,
    expected: 'a version 1 UUID, such as "50554d6e-29bb-11e5-b345-9dbe17d02e6d"',
    example: '50554d6e-29bb-11e5-b345-feff819cdc9f',
  },
  tinyint: {
    encode: (value) => wholeBytes(wholeOf(value), 1),
    expected: 'a whole number from -128 to 127, such as 42',
    example: '42',
  },
  uuid: {
    encode: (value) => fromText(value, parseUuid),
    expected: 'a UUID, such as "550e8400-e29b-41d4-a716-446655440000"',
    example: '123e4567-e89b-42d3-a456-426614174000',
  },
  varint: {
    encode: (value) => {
      const whole = wholeOf(value);
      return whole === undefined ? undefined : varintBytes(whole);
    },
    expected: 'a whole number, such as "42"',
    example: '42',
  },
};

/** A value of a native type as a person types it. */
export function scalarExample(name: NativeTypeName): string {
  return INPUTS[name].example;
}

/** The bytes of a value of a native type that is neither null nor one of no bytes. Throws ValueError. */
export function encodeScalar(value: JsonValue, name: NativeTypeName): Uint8Array {
  const { encode, expected } = INPUTS[name];
  const bytes = encode(value);
  if (bytes === undefined) throw new ValueError(`expected ${name}: ${expected}; got ${preview(value)}`);
  return bytes;
}
