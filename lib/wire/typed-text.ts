import type { JsonValue } from '@/lib/contract/json';
import type { CqlType, NativeTypeName } from '@/lib/cql/types';
import { literalJson } from './cql-literal';
import { fromJson } from './encode';
import { ValueError } from './errors';
import { toJson } from './values';

/** The JSON form of a typed text's value, or what is wrong with it. */
export type TypedValue = { readonly value: JsonValue } | { readonly problem: string };

const EXAMPLES: Readonly<Record<NativeTypeName, string>> = {
  ascii: 'text',
  text: 'text',
  tinyint: '42',
  smallint: '42',
  int: '42',
  bigint: '42',
  varint: '42',
  counter: '42',
  decimal: '12.50',
  float: '1.5',
  double: '1.5',
  boolean: 'true',
  blob: '0xcafe',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
  timeuuid: '50554d6e-29bb-11e5-b345-feff819cdc9f',
  inet: '127.0.0.1',
  date: '2001-01-09',
  time: '06:10:00.000000000',
  timestamp: '2001-01-09T06:10:00.000Z',
  duration: '1h30m',
};

/** A value of the type as users type it: for nested types a CQL literal. */
export function exampleOf(type: CqlType): string {
  switch (type.kind) {
    case 'native':
      return EXAMPLES[type.name];
    case 'list':
      return `[${literalExample(type.of)}, …]`;
    case 'vector':
      return type.dimensions > 2
        ? '[0.1, 0.2, …]'
        : `[${Array.from({ length: type.dimensions }, () => '0.1').join(', ')}]`;
    case 'set':
      return `{${literalExample(type.of)}, …}`;
    case 'map':
      return `{${literalExample(type.key)}: ${literalExample(type.value)}}`;
    case 'tuple':
      return `(${type.of.map(literalExample).join(', ')})`;
    case 'udt':
      return `{${type.fields.map((field) => `${field.name}: ${literalExample(field.type)}`).join(', ')}}`;
    case 'custom':
      return '0xcafe';
    default:
      return type satisfies never;
  }
}

/** Types whose literals are quoted. */
const QUOTED: ReadonlySet<NativeTypeName> = new Set(['ascii', 'text', 'inet', 'date', 'time', 'timestamp']);

function literalExample(type: CqlType): string {
  return type.kind === 'native' && QUOTED.has(type.name) ? `'${exampleOf(type)}'` : exampleOf(type);
}

/** True if a value is chosen, not typed. */
export function isChoice(type: CqlType): boolean {
  return type.kind === 'native' && type.name === 'boolean';
}

/**
 * Reads one value as users type it: scalars as shown, collections, tuples, vectors and user-defined types as JSON or CQL
 * literals. Returns it in the server's canonical form, so that one value has one text.
 */
export function parseTypedText(text: string, type: CqlType): TypedValue {
  if (type.kind === 'native' && (type.name === 'text' || type.name === 'ascii')) return checked(text, type);
  const trimmed = text.trim();
  if (trimmed === '') return { problem: `a value is missing, such as ${exampleOf(type)}` };
  if (type.kind === 'native' || type.kind === 'custom') return checked(trimmed, type);
  const value = jsonOf(trimmed) ?? literalJson(trimmed, type);
  return value === undefined
    ? { problem: `expected a CQL literal, such as ${exampleOf(type)}, or JSON` }
    : checked(value, type);
}

/** Comma-separated values, or a JSON array of them; nested ones as `[…], […]` or in JSON. */
export function parseTypedList(text: string, type: CqlType): TypedValue {
  const isNested = type.kind !== 'native' && type.kind !== 'custom';
  const json = text.trim().startsWith('[') ? jsonOf(text) : undefined;
  const whole = json ?? (isNested ? literalJson(`[${text}]`, { kind: 'list', of: type }) : undefined);
  const parts =
    whole ?? (isNested || text.trim().startsWith('[') ? undefined : text.split(',').map((part) => part.trim()));
  if (!Array.isArray(parts)) {
    return { problem: `expected values separated by commas, such as ${exampleOf(type)}, or a JSON array` };
  }
  const values: JsonValue[] = [];
  for (const part of parts) {
    const one = typeof part === 'string' ? parseTypedText(part, type) : checked(part, type);
    if ('problem' in one) return one;
    values.push(one.value);
  }
  return { value: values };
}

function jsonOf(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    // The caller reports what is wrong, in terms of the type.
    return undefined;
  }
}

/** Checks with the server's encoder: what passes here is accepted there. */
function checked(value: JsonValue, type: CqlType): TypedValue {
  try {
    return { value: toJson(fromJson(value, type), type) };
  } catch (error) {
    if (error instanceof ValueError) return { problem: error.message };
    throw error;
  }
}
