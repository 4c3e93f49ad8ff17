import type { JsonValue } from '@/lib/contract/json';
import type { CqlType, NativeTypeName } from '@/lib/cql/types';
import { float32At, float64At, int8At, int16At, int32At, int64At, varintAt } from './bytes';
import { type Cell, writeCell } from './cell';
import { cqlCell } from './cql-cells';
import { type CsvOptions, csvCell, csvStyle } from './csv-cells';
import { WireError } from './errors';
import {
  formatBlob,
  formatDate,
  formatDecimal,
  formatDuration,
  formatFloat32,
  formatInet,
  formatTime,
  formatTimestamp,
  formatUuid,
} from './format';
import { hasTextKeys } from './json-cells';
import { TextSink } from './sink';
import { emptyIsOrdinary, valueBytes } from './sizes';
import { type Part, splitCollection, splitFields, splitVector } from './split';
import { checkInet, decimalAt } from './write-scalar';
import { dateDaysAt, durationAt } from './write-time';

/** A byte-order mark is text like any other. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function floatJson(value: number): JsonValue {
  return Number.isFinite(value) ? value : String(value);
}

function inetText(bytes: Uint8Array): string {
  checkInet(0, bytes.length);
  return formatInet(bytes);
}

function decimalText(bytes: Uint8Array): string {
  const { unscaled, scale } = decimalAt(bytes, 0, bytes.length);
  return formatDecimal(unscaled, scale);
}

const NATIVE_JSON: Readonly<Record<NativeTypeName, (bytes: Uint8Array) => JsonValue>> = {
  ascii: (bytes) => decoder.decode(bytes),
  bigint: (bytes) => int64At(bytes, 0).toString(),
  blob: formatBlob,
  boolean: (bytes) => bytes[0] !== 0,
  counter: (bytes) => int64At(bytes, 0).toString(),
  date: (bytes) => formatDate(dateDaysAt(bytes, 0)),
  decimal: decimalText,
  double: (bytes) => floatJson(float64At(bytes, 0)),
  duration: (bytes) => formatDuration(...durationAt(bytes, 0, bytes.length)),
  float: (bytes) => floatJson(Number(formatFloat32(float32At(bytes, 0)))),
  inet: inetText,
  int: (bytes) => int32At(bytes, 0),
  smallint: (bytes) => int16At(bytes, 0),
  text: (bytes) => decoder.decode(bytes),
  time: (bytes) => formatTime(int64At(bytes, 0)),
  timestamp: (bytes) => formatTimestamp(int64At(bytes, 0)),
  timeuuid: formatUuid,
  tinyint: (bytes) => int8At(bytes, 0),
  uuid: formatUuid,
  varint: (bytes) => varintAt(bytes, 0, bytes.length).toString(),
};

function nativeJson(bytes: Uint8Array, name: NativeTypeName): JsonValue {
  const size = valueBytes(name);
  if (size !== 0 && size !== bytes.length) throw new WireError(`${name} of ${bytes.length} bytes; it has ${size}`);
  return NATIVE_JSON[name](bytes);
}

function mapJson(bytes: Uint8Array, type: CqlType & { kind: 'map' }): JsonValue {
  const parts = splitCollection(bytes, 2);
  const pairs: [JsonValue, JsonValue][] = [];
  for (let i = 0; i < parts.length; i += 2) {
    const key = parts[i] ?? null;
    if (key === null) throw new WireError('a map key that is null');
    pairs.push([toJson(key, type.key), toJson(parts[i + 1] ?? null, type.value)]);
  }
  // fromEntries defines properties, so that __proto__ is a key like any other.
  return hasTextKeys(type) ? Object.fromEntries(pairs) : pairs;
}

function udtJson(bytes: Uint8Array, type: CqlType & { kind: 'udt' }): JsonValue {
  const parts = splitFields(bytes, type.fields.length);
  return Object.fromEntries(type.fields.map((field, i) => [field.name, toJson(parts[i] ?? null, field.type)]));
}

/**
 * One value as JSON, the same as the plan's writers produce as text: the simple implementation, for single values and for
 * checking the fast one. `bytes` are the value without its length, null for a null. Throws WireError.
 */
export function toJson(bytes: Part, type: CqlType): JsonValue {
  if (bytes === null) return null;
  if (bytes.length === 0 && !emptyIsOrdinary(type)) return '';
  switch (type.kind) {
    case 'native':
      return nativeJson(bytes, type.name);
    case 'custom':
      return formatBlob(bytes);
    case 'list':
    case 'set':
      return splitCollection(bytes).map((part) => toJson(part, type.of));
    case 'map':
      return mapJson(bytes, type);
    case 'tuple':
      return splitFields(bytes, type.of.length).map((part, i) => {
        const of = type.of[i];
        return of === undefined ? null : toJson(part, of);
      });
    case 'udt':
      return udtJson(bytes, type);
    case 'vector':
      return splitVector(bytes, type.of, type.dimensions).map((part) => toJson(part, type.of));
    default:
      return type satisfies never;
  }
}

function textOf(cell: Cell, bytes: Part): string {
  const sink = new TextSink(256);
  writeCell(cell, bytes ?? new Uint8Array(), 0, bytes === null ? -1 : bytes.length, sink);
  return decoder.decode(sink.take());
}

/** One value as a CSV field, quoted if needed. Throws WireError, or PlanError on invalid options. */
export function toCsvField(bytes: Part, type: CqlType, options: CsvOptions = {}): string {
  return textOf(csvCell(type, csvStyle(options)), bytes);
}

/** One value as the CQL literal for exactly these bytes. Throws WireError. */
export function toCqlLiteral(bytes: Part, type: CqlType): string {
  return textOf(cqlCell(type), bytes);
}
