import { type JsonValue, ownValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { encodeScalar, preview } from './encode-scalar';
import { ValueError } from './errors';
import { hasTextKeys } from './json-cells';
import { parseBlob } from './parse';
import { emptyIsOrdinary, vectorElementBytes } from './sizes';
import { encodeUnsignedVint } from './vint';

type Entry = readonly [key: Uint8Array, value: Uint8Array];

function join(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function int32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value);
  return bytes;
}

/** An element as [bytes] of the protocol: its length, or -1 for null, and its bytes. */
function framed(bytes: Uint8Array | null): Uint8Array[] {
  return bytes === null ? [int32(-1)] : [int32(bytes.length), bytes];
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The message for a value of the wrong shape. */
function wrong(path: string, expected: string, value: JsonValue): ValueError {
  return new ValueError(`expected ${expected}; got ${preview(value)}`, path);
}

/** An element of a collection, where the server does not allow null. */
function element(value: JsonValue, type: CqlType, path: string, of: string): Uint8Array {
  const bytes = fromJson(value, type, path);
  if (bytes === null) throw new ValueError(`a ${of} cannot hold null`, path);
  return bytes;
}

function listBytes(value: JsonValue, type: CqlType & { kind: 'list' | 'set' }, path: string): Uint8Array {
  if (!isArray(value)) throw wrong(path, `a ${type.kind}: an array, such as [ … ]`, value);
  const parts = value.map((item, i) => element(item, type.of, `${path}[${i}]`, type.kind));
  return join([int32(parts.length), ...parts.flatMap(framed)]);
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const common = Math.min(a.length, b.length);
  for (let i = 0; i < common; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** The entries of a map: an object, its keys read as values of the key type, or an array of pairs. */
function mapEntries(value: JsonValue, type: CqlType & { kind: 'map' }, path: string): Entry[] {
  if (isObject(value) && (type.key.kind === 'native' || type.key.kind === 'custom')) {
    return Object.entries(value).map(([key, item]) => {
      const itemPath = `${path}[${JSON.stringify(key)}]`;
      return [element(key, type.key, `${itemPath} (the key)`, 'map'), element(item, type.value, itemPath, 'map')];
    });
  }
  if (!isArray(value)) {
    throw wrong(
      path,
      hasTextKeys(type) ? 'a map: an object, such as {"key": … }' : 'a map: pairs, such as [[key, value]]',
      value,
    );
  }
  return value.map((pair, i) => {
    if (!isArray(pair) || pair.length !== 2) throw wrong(`${path}[${i}]`, 'a pair [key, value]', pair);
    const [key = null, item = null] = pair;
    return [element(key, type.key, `${path}[${i}][0]`, 'map'), element(item, type.value, `${path}[${i}][1]`, 'map')];
  });
}

function mapBytes(value: JsonValue, type: CqlType & { kind: 'map' }, path: string): Uint8Array {
  const entries = mapEntries(value, type, path);
  // Objects reorder keys that look like numbers; the server orders text by its bytes.
  if (hasTextKeys(type)) entries.sort(([a], [b]) => compareBytes(a, b));
  return join([int32(entries.length), ...entries.flatMap(([key, item]) => [...framed(key), ...framed(item)])]);
}

function tupleBytes(value: JsonValue, type: CqlType & { kind: 'tuple' }, path: string): Uint8Array {
  if (!isArray(value) || value.length !== type.of.length) {
    throw wrong(path, `a tuple: an array of ${type.of.length}, with null for missing fields`, value);
  }
  return join(type.of.flatMap((of, i) => framed(fromJson(value[i] ?? null, of, `${path}[${i}]`))));
}

function udtBytes(value: JsonValue, type: CqlType & { kind: 'udt' }, path: string): Uint8Array {
  const names = type.fields.map((field) => field.name);
  if (!isObject(value)) throw wrong(path, `${type.name}: an object with ${names.join(', ')}`, value);
  const known = new Set(names);
  const unknown = Object.keys(value).find((key) => !known.has(key));
  if (unknown !== undefined) {
    throw new ValueError(`${type.name} has no field ${JSON.stringify(unknown)}; it has ${names.join(', ')}`, path);
  }
  return join(
    type.fields.flatMap(({ name, type: of }) => {
      const field = ownValue(value, name) ?? null;
      return framed(fromJson(field, of, path === '' ? name : `${path}.${name}`));
    }),
  );
}

function vectorBytes(value: JsonValue, type: CqlType & { kind: 'vector' }, path: string): Uint8Array {
  if (!isArray(value) || value.length !== type.dimensions) {
    throw wrong(path, `a vector: an array of ${type.dimensions}`, value);
  }
  const elementBytes = vectorElementBytes(type.of);
  const parts = value.map((item, i) => {
    const bytes = element(item, type.of, `${path}[${i}]`, 'vector');
    if (elementBytes > 0 && bytes.length !== elementBytes) {
      throw wrong(`${path}[${i}]`, `an element of ${elementBytes} bytes`, item);
    }
    return bytes;
  });
  if (elementBytes > 0) return join(parts);
  return join(parts.flatMap((part) => [encodeUnsignedVint(BigInt(part.length)), part]));
}

function customBytes(value: JsonValue, path: string): Uint8Array {
  const bytes = typeof value === 'string' ? parseBlob(value.trim()) : undefined;
  if (bytes === undefined) throw wrong(path, '0x and pairs of hex digits, such as "0xcafe"', value);
  return bytes;
}

function nativeBytes(value: JsonValue, type: CqlType & { kind: 'native' }, path: string): Uint8Array {
  try {
    return encodeScalar(value, type.name);
  } catch (error) {
    if (error instanceof ValueError && path !== '') throw new ValueError(error.reason, path);
    throw error;
  }
}

/**
 * A JSON value as the protocol's bytes of the type, without their length; null for null. The inverse of `toJson`: it turns
 * that output back into the server's bytes. It also accepts other unambiguous forms: numbers as text, hex digits in any
 * case, timestamps in milliseconds, maps as pairs. `path` names the value in messages. Throws ValueError, which says where,
 * what was expected and what was found.
 */
export function fromJson(value: JsonValue, type: CqlType, path = ''): Uint8Array | null {
  if (value === null) return null;
  if (value === '' && !emptyIsOrdinary(type)) return new Uint8Array();
  switch (type.kind) {
    case 'native':
      return nativeBytes(value, type, path);
    case 'custom':
      return customBytes(value, path);
    case 'list':
    case 'set':
      return listBytes(value, type, path);
    case 'map':
      return mapBytes(value, type, path);
    case 'tuple':
      return tupleBytes(value, type, path);
    case 'udt':
      return udtBytes(value, type, path);
    case 'vector':
      return vectorBytes(value, type, path);
    default:
      return type satisfies never;
  }
}
