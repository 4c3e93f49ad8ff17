import type { JsonValue } from '@/lib/contract/json';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { NATIVE } from '@/lib/cql/native-types';
import type { CqlType } from '@/lib/cql/types';
import { literalJson } from './cql-literal';
import { fromJson } from './encode';
import { scalarExample } from './encode-scalar';
import { ValueError } from './errors';
import { exactJson, JsonFault } from './exact-json';
import { isTextType } from './scalar-writers';
import { toJson } from './values';

/** The JSON form of a typed text's value, or what is wrong with it. */
export type TypedValue = { readonly value: JsonValue } | { readonly problem: string };

/** A value of the type as it is typed: for nested types as a CQL literal. */
export function exampleOf(type: CqlType): string {
  switch (type.kind) {
    case 'native':
      return scalarExample(type.name);
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
      return `{${type.fields.map((field) => `${quoteIdentifier(field.name)}: ${literalExample(field.type)}`).join(', ')}}`;
    case 'custom':
      return '0xcafe';
    default:
      return type satisfies never;
  }
}

/** True for types whose literals stand in quotes; a timestamp's text does, though files have its count. */
function isQuoted(type: CqlType): boolean {
  if (type.kind !== 'native') return false;
  const { cql } = NATIVE[type.name];
  return cql === 'string' || cql === 'quoted' || cql === 'count';
}

function literalExample(type: CqlType): string {
  return isQuoted(type) ? `'${exampleOf(type)}'` : exampleOf(type);
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
  const typed = typedJson(text, type);
  return 'problem' in typed ? typed : checked(typed.value, type);
}

/** The same before it is checked: the encoder decides whether it is a value of the type. */
export function typedJson(text: string, type: CqlType): TypedValue {
  if (type.kind === 'native' && isTextType(type.name)) return { value: text };
  const trimmed = text.trim();
  if (trimmed === '') return { problem: `a value is missing, such as ${exampleOf(type)}` };
  if (type.kind === 'native' || type.kind === 'custom') return { value: trimmed };
  const value = literalJson(trimmed, type) ?? exactOf(trimmed);
  return value === undefined ? { problem: `expected a CQL literal, such as ${exampleOf(type)}, or JSON` } : { value };
}

/** Comma-separated values, or a JSON array of them; nested ones as `[…], […]` or in JSON. */
export function parseTypedList(text: string, type: CqlType): TypedValue {
  const isNested = type.kind !== 'native' && type.kind !== 'custom';
  const json = text.trim().startsWith('[') ? exactOf(text) : undefined;
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

/** JSON with its numbers as text, so that none is rounded. */
function exactOf(text: string): JsonValue | undefined {
  try {
    return exactJson(text);
  } catch (error) {
    // The caller reports what is wrong, in terms of the type.
    if (error instanceof JsonFault) return undefined;
    throw error;
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
