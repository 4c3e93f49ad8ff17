import type { LogicalType, SchemaElement, SchemaTree } from 'hyparquet';
import type { JsonValue } from '@/lib/contract/json';
import {
  formatBlob,
  formatDate,
  formatDecimal,
  formatDuration,
  formatFloat32,
  formatTime,
  formatTimestamp,
  formatUuid,
} from '@/lib/wire/format';

/** A value of a column as hyparquet reads it without its logical type, in JSON form. Throws TypeError for any other value. */
export type Convert = (value: unknown) => JsonValue;

/** The same of the bytes of a page in `[start, end)`. */
export type ConvertSpan = (page: Buffer, start: number, end: number) => JsonValue;

/** Marks what conversions cannot represent, with the reason for people. */
export class UnreadableColumn extends Error {
  override readonly name = 'UnreadableColumn';
}

/**
 * The conversion of a column's values, whole numbers and decimals as text, so that no digit is lost. Maps become pairs,
 * structs objects. Throws UnreadableColumn for a logical type that has no counterpart.
 */
export function converter(node: SchemaTree): Convert {
  const one = converterOfOne(node);
  const convert: Convert = (value) => (value === null || value === undefined ? null : one(value));
  // A repeated field that no list surrounds is a list itself (Parquet's LogicalTypes.md, backward compatibility).
  return node.element.repetition_type === 'REPEATED' ? (value) => arrayOf(value).map(convert) : convert;
}

/** Of a column whose values are bytes. A view of each value would cost more than to read it. */
export function spanConverter({ logical_type: logical, converted_type: converted }: SchemaElement, convert: Convert) {
  const kind = logical?.type ?? converted;
  const isText = kind === 'STRING' || kind === 'UTF8' || kind === 'ENUM' || kind === 'JSON';
  const any: ConvertSpan = (page, start, end) => convert(page.subarray(start, end));
  if (!isText) return any;
  const text: ConvertSpan = (page, start, end) => {
    const quick = page.toString('utf8', start, end);
    // What is not UTF-8 has this character too, unless the text has it itself.
    return quick.includes(REPLACEMENT) ? any(page, start, end) : quick;
  };
  return text;
}

function converterOfOne(node: SchemaTree): Convert {
  const { element, children } = node;
  const [inner] = children;
  if (inner === undefined) return leafConverter(element);
  if (isAnnotated(element, 'MAP') || element.converted_type === 'MAP_KEY_VALUE') return mapConverter(node);
  if (isAnnotated(element, 'LIST') && children.length === 1 && inner.children.length <= 1) {
    const of = converter(required(inner.children[0] ?? inner));
    return (value) => arrayOf(value).map(of);
  }
  return structConverter(children);
}

/** The element of a list stands for one value, even where it is the repeated field. */
function required(node: SchemaTree): SchemaTree {
  return { ...node, element: { ...node.element, repetition_type: 'REQUIRED' } };
}

export function isAnnotated({ converted_type, logical_type }: SchemaElement, type: 'LIST' | 'MAP'): boolean {
  return converted_type === type || logical_type?.type === type;
}

/** Maps are read as what they are: a group of repeated pairs. hyparquet's own objects would merge and reorder keys. */
function mapConverter({ element, children }: SchemaTree): Convert {
  const [pair] = children;
  const [key, value] = pair?.children ?? [];
  if (pair === undefined || key === undefined) throw new UnreadableColumn(`the map ${element.name} has no keys`);
  const [keyOf, itemOf] = [converter(key), value === undefined ? () => null : converter(value)];
  return (map) =>
    arrayOf(fieldOf(map, pair.element.name)).map((entry) => [
      keyOf(fieldOf(entry, key.element.name)),
      value === undefined ? null : itemOf(fieldOf(entry, value.element.name)),
    ]);
}

function structConverter(children: readonly SchemaTree[]): Convert {
  const fields = children.map((child) => ({ name: child.element.name, convert: converter(child) }));
  return (value) => Object.fromEntries(fields.map(({ name, convert }) => [name, convert(fieldOf(value, name))]));
}

function leafConverter(element: SchemaElement): Convert {
  const { type, logical_type: logical, converted_type: converted } = element;
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') return decimalConverter(element, logical);
  switch (type) {
    case 'BOOLEAN':
      return (value) => value === true;
    case 'INT32':
    case 'INT64':
      return wholeConverter(element);
    case 'INT96':
      return (value) => timestampText(int96Nanos(bigOf(value)), 1n, true);
    case 'FLOAT':
      return (value) => floatJson(numberOf(value), formatFloat32);
    case 'DOUBLE':
      return (value) => floatJson(numberOf(value), String);
    case 'BYTE_ARRAY':
    case 'FIXED_LEN_BYTE_ARRAY':
      return bytesConverter(element);
    default:
      throw new UnreadableColumn(`${element.name} has no type`);
  }
}

/** Milliseconds, microseconds or nanoseconds: how many nanoseconds each is. */
const NANOS = { MILLIS: 1_000_000n, MICROS: 1_000n, NANOS: 1n } as const;

function wholeConverter({ logical_type: logical, converted_type: converted }: SchemaElement): Convert {
  if (converted === 'DATE' || logical?.type === 'DATE') return (value) => formatDate(numberOf(value));
  if (logical?.type === 'TIMESTAMP') {
    const [unit, isUtc] = [NANOS[logical.unit], logical.isAdjustedToUTC];
    return (value) => timestampText(bigOf(value), unit, isUtc);
  }
  if (logical?.type === 'TIME') return timeConverter(NANOS[logical.unit]);
  if (logical?.type === 'INTEGER' && !logical.isSigned) return unsigned;
  switch (converted) {
    case 'TIMESTAMP_MILLIS':
      return (value) => timestampText(bigOf(value), NANOS.MILLIS, true);
    case 'TIMESTAMP_MICROS':
      return (value) => timestampText(bigOf(value), NANOS.MICROS, true);
    case 'TIME_MILLIS':
      return timeConverter(NANOS.MILLIS);
    case 'TIME_MICROS':
      return timeConverter(NANOS.MICROS);
    case 'UINT_8':
    case 'UINT_16':
    case 'UINT_32':
    case 'UINT_64':
      return unsigned;
    default:
      return (value) => (typeof value === 'number' ? String(numberOf(value)) : bigOf(value).toString());
  }
}

const unsigned: Convert = (value) => BigInt.asUintN(typeof value === 'bigint' ? 64 : 32, bigOf(value)).toString();

const timeConverter =
  (unit: bigint): Convert =>
  (value) =>
    formatTime(bigOf(value) * unit);

const FIRST_ISO_MS = BigInt(Date.parse('0000-01-01T00:00:00.000Z'));
const LAST_ISO_MS = BigInt(Date.parse('9999-12-31T23:59:59.999Z'));

/** Without Z where the file states no zone: a timestamp then needs a step that states one. */
function timestampText(count: bigint, nanosPerCount: bigint, isUtc: boolean): string {
  const perMs = NANOS.MILLIS / nanosPerCount;
  const rest = perMs === 1n ? 0n : ((count % perMs) + perMs) % perMs;
  const ms = perMs === 1n ? count : (count - rest) / perMs;
  // Years of four digits are the same text in ISO 8601, and many times faster to write.
  const isUsual = ms >= FIRST_ISO_MS && ms <= LAST_ISO_MS;
  const text = (isUsual ? new Date(Number(ms)).toISOString() : formatTimestamp(ms)).slice(0, -1);
  // Digits that a timestamp cannot hold stay in the text, so that it is refused, not rounded.
  return `${text}${rest === 0n ? '' : String(rest * nanosPerCount).padStart(6, '0')}${isUtc ? 'Z' : ''}`;
}

const JULIAN_DAY_OF_1970 = 2_440_588n;
const NANOS_PER_DAY = 86_400_000_000_000n;

/** The timestamps of old writers: nanoseconds of the day in the low 8 bytes, a Julian day above them. */
function int96Nanos(value: bigint): bigint {
  const day = BigInt.asIntN(32, value >> 64n);
  return (day - JULIAN_DAY_OF_1970) * NANOS_PER_DAY + BigInt.asUintN(64, value);
}

function decimalConverter(element: SchemaElement, logical: LogicalType | undefined): Convert {
  const scale = logical?.type === 'DECIMAL' ? logical.scale : (element.scale ?? 0);
  return (value) => {
    const unscaled = value instanceof Uint8Array ? signedOf(value) : bigOf(value);
    // Of scale 0 it may be meant for a whole number, which has no exponent either way.
    return scale === 0 ? unscaled.toString() : formatDecimal(unscaled, scale);
  };
}

function bytesConverter({ logical_type: logical, converted_type: converted, type_length }: SchemaElement): Convert {
  const kind = logical?.type ?? converted;
  switch (kind) {
    case 'STRING':
    case 'UTF8':
    case 'ENUM':
    case 'JSON':
      return (value) => textOf(bytesOf(value));
    case 'UUID':
      return (value) => formatUuid(bytesOf(value));
    case 'INTERVAL':
      return (value) => intervalText(bytesOf(value));
    case 'FLOAT16':
      return (value) => floatJson(float16(bytesOf(value)), String);
    case 'VARIANT':
      throw new UnreadableColumn('values of the type VARIANT are not read');
    default:
      return type_length === 0 ? () => '0x' : (value) => formatBlob(bytesOf(value));
  }
}

function intervalText(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [months, days, ms] = [0, 4, 8].map((at) => BigInt(view.getUint32(at, true)));
  return formatDuration(months ?? 0n, days ?? 0n, (ms ?? 0n) * NANOS.MILLIS);
}

function float16(bytes: Uint8Array): number {
  const bits = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 0x1f, bits & 0x3ff];
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function floatJson(value: number, format: (value: number) => string): JsonValue {
  return Object.is(value, -0) ? '-0' : format(value);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const REPLACEMENT = '\ufffd';

function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new TypeError(`text that is not UTF-8: ${formatBlob(bytes.subarray(0, 40))}`, { cause });
  }
}

function signedOf(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt.asIntN(bytes.length * 8, BigInt(formatBlob(bytes)));
}

function bigOf(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  throw new TypeError('a whole number is expected');
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new TypeError('a number is expected');
}

function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new TypeError('bytes are expected');
}

function arrayOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TypeError('a list is expected');
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, name)) return Reflect.get(value, name);
  throw new TypeError(`a struct with ${name} is expected`);
}
