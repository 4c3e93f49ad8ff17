import { type JsonValue, jsonText } from '@/lib/contract/json';
import { NATIVE } from '@/lib/cql/native-types';
import { parseCqlType } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';

/** Values as people read them, exact: nothing is rounded, and what could be mistaken for something else is quoted. */

function faceOf(type: CqlType | undefined) {
  return type?.kind === 'native' ? NATIVE[type.name].face : undefined;
}

/** The type that a header names; undefined when its text is not one this page knows, and values are shown by their shape. */
export function columnType(text: string): CqlType | undefined {
  try {
    // A user-defined type's fields are in its values; only their own types stay unknown.
    return parseCqlType(text, () => []);
  } catch {
    return undefined;
  }
}

export function isNumeric(type: CqlType | undefined): boolean {
  return faceOf(type) === 'number';
}

export function isText(type: CqlType | undefined): boolean {
  return faceOf(type) === 'text';
}

export function isBlob(type: CqlType | undefined): boolean {
  return type?.kind === 'custom' || faceOf(type) === 'blob';
}

export function isNested(value: JsonValue): value is readonly JsonValue[] | { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null;
}

/** The whole value as text. Collections in CQL's brackets: list [ ], set { }, map and type {key: value}, tuple ( ). */
export function valueText(value: JsonValue, type: CqlType | undefined): string {
  return render(value, type, Number.POSITIVE_INFINITY);
}

/** The beginning of {@link valueText} for one line of a cell; what lies beyond `limit` is not even looked at. */
export function valuePreview(value: JsonValue, type: CqlType | undefined, limit: number): string {
  const text = typeof value === 'string' ? value.slice(0, limit + 1) : render(value, type, limit);
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}

function render(value: JsonValue, type: CqlType | undefined, limit: number): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value !== 'object') return String(value);
  const { open, close, parts } = partsOf(value, type);
  let text = open;
  for (const part of parts(limit)) {
    text += text === open ? part : `, ${part}`;
    if (text.length > limit) return text;
  }
  return text + close;
}

interface Parts {
  readonly open: string;
  readonly close: string;
  readonly parts: (limit: number) => Iterable<string>;
}

function partsOf(
  value: readonly JsonValue[] | { readonly [key: string]: JsonValue },
  type: CqlType | undefined,
): Parts {
  if (isList(value)) {
    if (type?.kind === 'map') {
      return { open: '{', close: '}', parts: (limit) => pairsOfList(value, type.key, type.value, limit) };
    }
    const [open, close] = BRACKETS[type?.kind ?? 'list'] ?? ['[', ']'];
    return { open, close, parts: (limit) => elements(value, type, limit) };
  }
  return { open: '{', close: '}', parts: (limit) => fields(value, type, limit) };
}

const BRACKETS: Readonly<Record<string, readonly [string, string]>> = { set: ['{', '}'], tuple: ['(', ')'] };

function* elements(list: readonly JsonValue[], type: CqlType | undefined, limit: number): Generator<string> {
  for (const [index, element] of list.entries()) yield inner(element, elementType(type, index), limit);
}

function elementType(type: CqlType | undefined, index: number): CqlType | undefined {
  if (type?.kind === 'tuple') return type.of[index];
  return type?.kind === 'list' || type?.kind === 'set' || type?.kind === 'vector' ? type.of : undefined;
}

function* pairsOfList(list: readonly JsonValue[], key: CqlType, value: CqlType, limit: number): Generator<string> {
  for (const pair of list) {
    const [first = null, second = null] = isList(pair) ? pair : [pair];
    yield `${inner(first, key, limit)}: ${inner(second, value, limit)}`;
  }
}

function* fields(
  value: { readonly [key: string]: JsonValue },
  type: CqlType | undefined,
  limit: number,
): Generator<string> {
  const valueType = type?.kind === 'map' ? type.value : undefined;
  for (const name of type?.kind === 'map' ? keysInOrder(value) : Object.keys(value))
    yield `${quoteIfNeeded(name)}: ${inner(value[name] ?? null, valueType, limit)}`;
}

/** Keys as the server has them: an object puts those that look like numbers first, text goes by its bytes. */
function keysInOrder(value: { readonly [key: string]: JsonValue }): readonly string[] {
  const names = Object.keys(value);
  return /^\d+$/.test(names[0] ?? '') ? names.sort(compareText) : names;
}

function compareText(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  const at = left.findIndex((character, index) => character !== right[index]);
  return at === -1 ? left.length - right.length : (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1);
}

function inner(value: JsonValue, type: CqlType | undefined, limit: number): string {
  return typeof value === 'string' ? quoteIfNeeded(value.slice(0, limit)) : render(value, type, limit);
}

/** Inside brackets, text that could be read as something else stands in quotes, as in CQL. */
function quoteIfNeeded(text: string): string {
  const mistakable = text === '' || text === 'null' || /[,:'"()[\]{}]|^\s|\s$/.test(text);
  return mistakable && !/^[\d:.TZ+-]+$/.test(text) ? `'${text.replaceAll("'", "''")}'` : text;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** JSON for people: with room between its parts, or a line for each. */
export function exactJson(value: JsonValue, indent = 0, depth = 0): string {
  if (!isNested(value)) return jsonText(value);
  const list = isList(value);
  const parts = list
    ? value.map((element) => exactJson(element, indent, depth + 1))
    : Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}: ${exactJson(field, indent, depth + 1)}`);
  const [open, close] = list ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  if (indent === 0) return `${open}${parts.join(', ')}${close}`;
  const pad = ' '.repeat(indent * (depth + 1));
  return `${open}\n${pad}${parts.join(`,\n${pad}`)}\n${' '.repeat(indent * depth)}${close}`;
}
