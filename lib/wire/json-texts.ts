import { type JsonValue, ownValue } from '@/lib/contract/json';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { NATIVE } from '@/lib/cql/native-types';
import type { CqlType, NativeTypeName } from '@/lib/cql/types';
import type { LiteralContext } from './cql-cells';
import { emptyLiteral } from './cql-cells';
import { fromJson } from './encode';
import { ValueError } from './errors';
import { formatBlob } from './format';
import { hasTextKeys } from './json-cells';
import { emptyIsOrdinary } from './sizes';
import { toCqlLiteral } from './values';
import { encodeSignedVint } from './vint';

/**
 * Turns values in JSON form into the texts that `values.ts` makes from bytes, for callers that have no bytes. The two agree
 * for every value that its JSON fully describes (`golden.json`).
 */

/**
 * The CQL literal of a value. Throws ValueError if the JSON is not a value of the type.
 */
export function jsonToCql(value: JsonValue, type: CqlType): string {
  if (value === null) return 'null';
  if (value === '' && !emptyIsOrdinary(type)) return emptyLiteral(type) ?? '0x';
  switch (type.kind) {
    case 'native':
      return nativeCql(value, type);
    case 'custom':
      return toCqlLiteral(fromJson(value, type), type);
    case 'list':
    case 'vector':
      return `[${elements(value, type.of, type.kind).join(', ')}]`;
    case 'set':
      return `{${elements(value, type.of, type.kind).join(', ')}}`;
    case 'map':
      return `{${entries(value, type).join(', ')}}`;
    case 'tuple':
      return `(${tupleFields(value, type).join(', ')})`;
    case 'udt':
      return `{${udtFields(value, type).join(', ')}}`;
    default:
      return type satisfies never;
  }
}

/**
 * The CQL literal of a value in a statement that will be run. Also throws ValueError for the few values whose literals no
 * server accepts: a null in a collection, and an empty value that only bytes can express.
 */
export function jsonToLoadableCql(value: JsonValue, type: CqlType): string {
  checkLoadable(value, type, 'column');
  return jsonToCql(value, type);
}

function checkLoadable(value: JsonValue, type: CqlType, position: LiteralContext): void {
  if (value === null) {
    if (position === 'element') throw new ValueError('a null in a collection, for which CQL has no literal');
    return;
  }
  if (value === '' && !emptyIsOrdinary(type)) {
    // The server takes a tuple as its bytes.
    const hasEmpty =
      type.kind === 'native' || type.kind === 'custom' || (type.kind === 'tuple' && position === 'column');
    if (!hasEmpty) throw new ValueError('a value of no bytes, for which CQL has no literal');
    return;
  }
  for (const [inner, of, at] of partsOf(value, type)) checkLoadable(inner, of, at);
}

function partsOf(value: JsonValue, type: CqlType): (readonly [JsonValue, CqlType, LiteralContext])[] {
  switch (type.kind) {
    case 'native':
    case 'custom':
      return [];
    case 'list':
    case 'set':
    case 'vector':
      return isList(value) ? value.map((element) => [element, type.of, 'element']) : [];
    case 'map':
      return mapPairs(value, type).flatMap(([key, of]): (readonly [JsonValue, CqlType, LiteralContext])[] => [
        [key, type.key, 'element'],
        [of, type.value, 'element'],
      ]);
    case 'tuple':
      return isList(value) ? type.of.map((of, index) => [value[index] ?? null, of, 'field']) : [];
    case 'udt':
      return isObject(value)
        ? type.fields.map(({ name, type: of }) => [ownValue(value, name) ?? null, of, 'field'])
        : [];
    default:
      return type satisfies never;
  }
}

/** A value as a CSV field, with comma as delimiter and nothing for null. Throws ValueError like `jsonToCql`. */
export function jsonToCsv(value: JsonValue, type: CqlType): string {
  if (value === null) return '';
  if (value === '' && !emptyIsOrdinary(type)) return emptyLiteral(type) ?? '0x';
  if (type.kind === 'native') return csvText(plainText(value));
  return type.kind === 'custom' ? plainText(value) : csvText(jsonToCql(value, type));
}

/** Text as a CSV field: in quotes if it is empty or has a character that needs them. */
export function csvText(text: string): string {
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A scalar's text, the same in JSON and CSV. */
function plainText(value: JsonValue): string {
  if (typeof value === 'object') throw new ValueError('expected a single value; got several');
  return Object.is(value, -0) ? '-0' : String(value);
}

function nativeCql(value: JsonValue, type: CqlType & { kind: 'native' }): string {
  const stored = typeof value === 'string' ? unwritable(value, type.name) : undefined;
  return stored ?? toCqlLiteral(fromJson(value, type), type);
}

/** The literal of values that a server stores but does not accept as text: times beyond a day, durations of mixed signs. */
function unwritable(text: string, name: NativeTypeName): string | undefined {
  const { unloadable } = NATIVE[name];
  if (unloadable === 'beyond a day') return timeBeyondDay(text);
  return unloadable === 'two signs' ? durationOfTwoSigns(text) : undefined;
}

const NANOS_PER_SECOND = 1_000_000_000n;

function timeBeyondDay(text: string): string | undefined {
  const match = /^(-)?(\d+):(\d\d):(\d\d)\.(\d{9})$/.exec(text);
  if (match === null) return undefined;
  const [, sign, hours = '0', minutes = '0', seconds = '0', nanos = '0'] = match;
  if (sign === undefined && BigInt(hours) < 24n) return undefined;
  const size = (BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds)) * NANOS_PER_SECOND + BigInt(nanos);
  const count = BigInt.asUintN(64, sign === undefined ? size : -size);
  return `blobAsTime(0x${count.toString(16).padStart(16, '0')})`;
}

/** Units of a duration's three parts, longest names first so that `mo` and `ms` are not taken for `m`. */
const MONTHS: Readonly<Record<string, bigint>> = { y: 12n, mo: 1n };
const NANOS: Readonly<Record<string, bigint>> = {
  h: 3600n * NANOS_PER_SECOND,
  m: 60n * NANOS_PER_SECOND,
  s: NANOS_PER_SECOND,
  ms: 1_000_000n,
  us: 1_000n,
  ns: 1n,
};

/** `1mo-2d`: each negative part carries its sign. A single leading sign applies to all parts and is an ordinary literal. */
function durationOfTwoSigns(text: string): string | undefined {
  if (!/^-?[^-]+-/.test(text)) return undefined;
  const parts = { months: 0n, days: 0n, nanos: 0n };
  let sign = 1n;
  let part: keyof typeof parts | undefined;
  for (const [, minus, digits = '0', unit = ''] of text.matchAll(/(-)?(?<!\d)(\d+)(mo|ms|us|ns|y|d|h|m|s)/g)) {
    const of = unit in MONTHS ? 'months' : unit === 'd' ? 'days' : 'nanos';
    // A sign applies to the end of its part.
    if (of !== part) sign = minus === undefined ? 1n : -1n;
    part = of;
    parts[of] += sign * BigInt(digits) * (MONTHS[unit] ?? NANOS[unit] ?? 1n);
  }
  const bytes = [parts.months, parts.days, parts.nanos].flatMap((value) => [...encodeSignedVint(value)]);
  return `blobAsDuration(${formatBlob(Uint8Array.from(bytes))})`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(expected: string, value: JsonValue): ValueError {
  return new ValueError(`expected ${expected}; got ${JSON.stringify(value).slice(0, 60)}`);
}

function elements(value: JsonValue, of: CqlType, kind: string): string[] {
  if (!isList(value)) throw wrong(`a ${kind}`, value);
  return value.map((element) => jsonToCql(element, of));
}

function tupleFields(value: JsonValue, type: CqlType & { kind: 'tuple' }): string[] {
  if (!isList(value)) throw wrong('a tuple', value);
  return type.of.map((of, index) => jsonToCql(value[index] ?? null, of));
}

function udtFields(value: JsonValue, { name, fields }: CqlType & { kind: 'udt' }): string[] {
  if (!isObject(value)) throw wrong(name, value);
  const known = new Set(fields.map((field) => field.name));
  const unknown = Object.keys(value).find((key) => !known.has(key));
  if (unknown !== undefined) throw new ValueError(`${name} has no field ${unknown}`);
  return fields.map((field) => {
    return `${quoteIdentifier(field.name)}: ${jsonToCql(ownValue(value, field.name) ?? null, field.type)}`;
  });
}

function entries(value: JsonValue, type: CqlType & { kind: 'map' }): string[] {
  return mapPairs(value, type).map(([key, of]) => `${jsonToCql(key, type.key)}: ${jsonToCql(of, type.value)}`);
}

/** A map's entries in the server's order: objects lose it for keys that look like numbers; text is ordered by its bytes. */
export function mapPairs(value: JsonValue, type: CqlType & { kind: 'map' }): [JsonValue, JsonValue][] {
  if (isObject(value) && hasTextKeys(type)) {
    return Object.entries(value).sort(([a], [b]) => compareText(a, b));
  }
  if (!isList(value)) throw wrong('a map', value);
  return value.map((pair) => {
    const [key = null, of = null] = isList(pair) ? pair : [];
    return [key, of];
  });
}

/** The order of UTF-8 bytes, which is that of code points. */
function compareText(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  const at = left.findIndex((character, index) => character !== right[index]);
  if (at === -1) return left.length - right.length;
  return (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1);
}
