import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { literalJson, literalStop } from '@/lib/wire/cql-literal';
import { fromJson } from '@/lib/wire/encode';
import { ValueError } from '@/lib/wire/errors';
import { formatDuration } from '@/lib/wire/format';
import { parseBlob } from '@/lib/wire/parse';
import { isTextType } from '@/lib/wire/scalar-writers';
import { emptyIsOrdinary } from '@/lib/wire/sizes';
import { exampleOf, typedJson } from '@/lib/wire/typed-text';
import type { FieldForm } from './fields';
import { quickEncoder, type Room } from './quick-encoders';
import { quickTexts } from './quick-texts';
import { withHint } from './value-hints';

/** The protocol's bytes of a field that is not null. Throws ValueError, which says what was expected and what to do. */
export type FieldEncoder = (value: JsonValue) => Uint8Array;

export interface EncodeOptions {
  readonly form: FieldForm;
  readonly emptyText: 'refused' | 'value';
  readonly room: Room;
}

/** Compiles the encoder of a column. What depends on its type and the options alone is decided here, once. */
export function fieldEncoder(type: CqlType, options: EncodeOptions): FieldEncoder {
  const { form, emptyText, room } = options;
  const any: FieldEncoder = form === 'literal' ? literalEncoder(type) : anyEncoder(type, form, emptyText);
  const fitted: FieldEncoder = (value) => into(room, hinted(any, value, type));
  if (form === 'literal') return fitted;
  const texts = quickTexts(type, room);
  if (texts !== undefined) return (value) => texts(value) ?? fitted(value);
  const quick = type.kind === 'native' ? quickEncoder(type.name, room) : undefined;
  if (quick === undefined) return fitted;
  return (value) => (typeof value === 'string' ? quick(value) : undefined) ?? fitted(value);
}

function into(room: Room, encoded: Uint8Array): Uint8Array {
  const bytes = room(encoded.length);
  bytes.set(encoded);
  return bytes;
}

function hinted(encode: FieldEncoder, value: JsonValue, type: CqlType): Uint8Array {
  try {
    return encode(value);
  } catch (error) {
    if (error instanceof ValueError) throw withHint(error, value, type);
    throw error;
  }
}

function anyEncoder(type: CqlType, form: 'text' | 'json', emptyText: EncodeOptions['emptyText']): FieldEncoder {
  const isText = type.kind === 'native' && isTextType(type.name);
  const isMoment = type.kind === 'native' && type.name === 'timestamp';
  const refuses = form === 'json' && emptyText === 'refused';
  return (value) => {
    if (typeof value !== 'string') {
      if (refuses && hasNoBytes(value, type)) throw emptyRefused(type);
      return encoded(reshaped(value, type), type);
    }
    if (isText) return encoded(value, type);
    if (value === '' && form === 'json' && !emptyIsOrdinary(type)) {
      if (refuses) throw emptyRefused(type);
      return new Uint8Array();
    }
    if (isMoment && FEW_DIGITS.test(value)) throw new ValueError(SMALL_COUNT);
    return functionBytes(value, type) ?? encoded(typed(value, type), type);
  };
}

/** As milliseconds these are all before 1973-03-04: seconds, or the days of a spreadsheet, are far likelier. */
const FEW_DIGITS = /^\s*[+-]?\d{1,11}\s*$/;
const SMALL_COUNT =
  'expected a moment with Z or an offset, such as "2024-02-29T13:45:00.000Z"; a number this small may be many things: ' +
  'add the step date_format with the format unix (seconds), unix_ms or excel (days)';

function encoded(value: JsonValue, type: CqlType): Uint8Array {
  const bytes = fromJson(value, type);
  if (bytes === null) throw new ValueError(`expected a value, such as ${exampleOf(type)}; got null`);
  return bytes;
}

function typed(text: string, type: CqlType): JsonValue {
  const read = typedJson(text, type);
  if ('problem' in read) throw new ValueError(read.problem);
  return read.value;
}

function literalEncoder(type: CqlType): FieldEncoder {
  return (value) => {
    if (typeof value !== 'string') return encoded(value, type);
    const bytes = functionBytes(value, type);
    if (bytes !== undefined) return bytes;
    const json = literalJson(value, type);
    if (json !== undefined) return encoded(json, type);
    const stop = literalStop(value, type) ?? 0;
    throw new ValueError(
      `expected a CQL literal, such as ${exampleOf(type)}; it stops being one at character ${stop + 1}`,
    );
  };
}

const FUNCTION = /^blobAs([A-Za-z]+)\((0x(?:[0-9a-fA-F]{2})*)\)$/;

/** The very bytes of `blobAsTime(0x…)`, which exports write where the type has no other literal for them. */
function functionBytes(text: string, type: CqlType): Uint8Array | undefined {
  if (!text.startsWith('blobAs') || type.kind !== 'native') return undefined;
  const [, name = '', blob = ''] = FUNCTION.exec(text) ?? [];
  return name.toLowerCase() === type.name ? parseBlob(blob) : undefined;
}

function emptyRefused(type: CqlType): ValueError {
  return new ValueError(
    `expected ${type.kind === 'native' ? type.name : type.kind}; got empty text, which may mean null: add the step null_if, or load empty text as values of no bytes`,
  );
}

/** True if empty text stands anywhere in a value for a type that has no such text. */
function hasNoBytes(value: JsonValue, type: CqlType): boolean {
  if (value === '') return !emptyIsOrdinary(type);
  if (typeof value !== 'object' || value === null) return false;
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'vector':
      return Object.values(value).some((part) => hasNoBytes(part, type.of));
    case 'map':
      if (!isList(value)) return Object.values(value).some((part) => hasNoBytes(part, type.value));
      return value.some(
        (pair) => isList(pair) && (hasNoBytes(pair[0] ?? null, type.key) || hasNoBytes(pair[1] ?? null, type.value)),
      );
    case 'tuple':
      return Object.values(value).some((part, i) => hasNoBytes(part, type.of[i] ?? type));
    case 'udt':
      return type.fields.some((field) => hasNoBytes(partOf(value, field.name), field.type));
    default:
      return false;
  }
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function partOf(value: object, name: string): JsonValue {
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : null;
}

/** Structs as Parquet files have them where the JSON form has something else: tuples as fields by number, durations in parts. */
function reshaped(value: JsonValue, type: CqlType): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  switch (type.kind) {
    case 'native':
      return type.name === 'duration' ? (durationText(value) ?? value) : value;
    case 'tuple': {
      const parts = isList(value) ? value : type.of.map((_, i) => partOf(value, `field_${i + 1}`));
      return parts.map((part, i) => reshaped(part, type.of[i] ?? type));
    }
    case 'list':
    case 'set':
    case 'vector':
      return isList(value) ? value.map((part) => reshaped(part, type.of)) : value;
    case 'map':
      return isList(value) ? value.map((pair) => reshapedPair(pair, type)) : value;
    case 'udt':
      if (isList(value)) return value;
      return Object.fromEntries(
        Object.entries(value).map(([name, part]) => [name, reshaped(part, fieldType(type, name))]),
      );
    default:
      return value;
  }
}

function reshapedPair(pair: JsonValue, type: CqlType & { kind: 'map' }): JsonValue {
  if (!isList(pair) || pair.length !== 2) return pair;
  return [reshaped(pair[0] ?? null, type.key), reshaped(pair[1] ?? null, type.value)];
}

/** A field that the type lacks is refused by the encoder. */
function fieldType(type: CqlType & { kind: 'udt' }, name: string): CqlType {
  return type.fields.find((field) => field.name === name)?.type ?? { kind: 'native', name: 'text' };
}

function durationText(value: object): string | undefined {
  const parts = ['months', 'days', 'nanoseconds'].map((name) => partOf(value, name));
  if (!parts.every((part) => typeof part === 'string' && /^-?\d{1,19}$/.test(part))) return undefined;
  const [months = 0n, days = 0n, nanos = 0n] = parts.map((part) => BigInt(String(part)));
  return formatDuration(months, days, nanos);
}
