import type { Filter } from '@/lib/contract/filters';
import type { JsonValue } from '@/lib/contract/json';
import type { CqlType, NativeTypeName } from '@/lib/cql/types';
import { fromJson } from '@/lib/wire/encode';
import { ValueError } from '@/lib/wire/errors';

type Operator = Filter['operator'];

/** A typed text as a value, or what is wrong with it. */
export type TypedValue = { readonly value: JsonValue } | { readonly problem: string };

const AS_NUMBER: ReadonlySet<NativeTypeName> = new Set(['tinyint', 'smallint', 'int', 'float', 'double']);

const EXAMPLES: Readonly<Partial<Record<NativeTypeName, string>>> = {
  ascii: 'text',
  text: 'text',
  ...{ tinyint: '42', smallint: '42', int: '42', bigint: '42', varint: '42', counter: '42' },
  ...{ decimal: '12.50', float: '1.5', double: '1.5' },
  boolean: 'true',
  blob: '0xcafe',
  uuid: '123e4567-e89b-12d3-a456-426614174000',
  timeuuid: '13814000-1dd2-11b2-8080-808080808080',
  inet: '127.0.0.1',
  date: '2001-01-09',
  time: '06:10:00.000000000',
  timestamp: '2001-01-09T06:10:00.000Z',
  duration: '1h30m',
};

/** The type of the value on the right of an operator. */
export function operandType(type: CqlType, operator: Operator): CqlType {
  if (operator === 'CONTAINS' && type.kind === 'map') return type.value;
  if (operator === 'CONTAINS' && (type.kind === 'list' || type.kind === 'set')) return type.of;
  if (operator === 'CONTAINS KEY' && type.kind === 'map') return type.key;
  return type;
}

/** What to type for a value of this type. */
export function valuePlaceholder(type: CqlType, operator: Operator): string {
  const one = exampleOf(operandType(type, operator));
  return operator === 'IN' ? `${one}, …` : one;
}

function exampleOf(type: CqlType): string {
  switch (type.kind) {
    case 'native':
      return EXAMPLES[type.name] ?? '';
    case 'list':
    case 'set':
    case 'tuple':
    case 'vector':
      return 'JSON: [1, 2]';
    case 'map':
    case 'udt':
      return 'JSON: {"name": 1}';
    case 'custom':
      return '0xcafe';
    default:
      return type satisfies never;
  }
}

/** Reads what was typed for a column's filter. An IN takes values set apart by commas, or a JSON array. */
export function parseTyped(text: string, type: CqlType, operator: Operator): TypedValue {
  const operand = operandType(type, operator);
  if (operator !== 'IN') return parseOne(text, operand);
  const list = text.trim().startsWith('[') ? parseJson(text) : text.split(',').map((part) => part.trim());
  if (!Array.isArray(list)) return { problem: 'IN takes values set apart by commas, or a JSON array' };
  const values: JsonValue[] = [];
  for (const part of list) {
    const one = typeof part === 'string' ? parseOne(part, operand) : checked(part, operand);
    if ('problem' in one) return one;
    values.push(one.value);
  }
  return { value: values };
}

function parseOne(text: string, type: CqlType): TypedValue {
  if (type.kind === 'custom') return checked(text.trim(), type);
  if (type.kind !== 'native') {
    const json = parseJson(text);
    return json === undefined ? { problem: `expected JSON, such as ${exampleOf(type).slice(6)}` } : checked(json, type);
  }
  if (type.name === 'text' || type.name === 'ascii') return checked(text, type);
  const trimmed = text.trim();
  if (trimmed === '') return { problem: `a value is missing, such as ${exampleOf(type)}` };
  if (type.name === 'boolean') return checked(trimmed === 'true' ? true : trimmed === 'false' ? false : trimmed, type);
  return checked(AS_NUMBER.has(type.name) ? numberOf(trimmed) : trimmed, type);
}

/** A number where the text is exactly one; NaN and Infinity stay text, as values have them. */
function numberOf(text: string): JsonValue {
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : text;
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    // What is wrong with it is said by the caller, in terms of the type.
    return undefined;
  }
}

/** By the encoder that the server uses: what passes here is understood there. */
function checked(value: JsonValue, type: CqlType): TypedValue {
  try {
    fromJson(value, type);
    return { value };
  } catch (error) {
    if (error instanceof ValueError) return { problem: error.message };
    throw error;
  }
}
