import { type JsonValue, ownValue } from '@/lib/contract/json';
import type { CellEdit } from '@/lib/contract/mutations';
import type { ColumnShape } from '../cql/schema-lookup';
import type { CqlType } from '../cql/types';
import { mapPairs } from '../wire/json-texts';
import { EditError, stored, valueText } from './table';

type Pair = readonly [JsonValue, JsonValue];
type Elements = Extract<CellEdit, { readonly elements: unknown }>['elements'];

/** The value that a cell has after an edit. @throws EditError where the edit does not fit the column */
export function edited(column: ColumnShape, before: JsonValue, edit: CellEdit): JsonValue {
  const { type, name } = column;
  if ('set' in edit) return stored(column, edit.set);
  if ('by' in edit) return String(BigInt(typeof before === 'string' ? before : Number(before ?? 0)) + BigInt(edit.by));
  if ('append' in edit) return stored(column, [...listOf(name, before), ...edit.append]);
  if ('prepend' in edit) return stored(column, [...edit.prepend, ...listOf(name, before)]);
  if ('fields' in edit) {
    if (type.kind !== 'udt') throw new EditError(`“${name}” has no fields. Set its value.`);
    const old = isObject(before) ? before : {};
    const fields = type.fields.map((field): [string, JsonValue] => [
      field.name,
      ownValue(edit.fields, field.name) ??
        (Object.hasOwn(edit.fields, field.name) ? null : (ownValue(old, field.name) ?? null)),
    ]);
    return stored(column, Object.fromEntries(fields));
  }
  return stored(column, withElements(column, before, edit.elements));
}

function withElements({ type, name }: ColumnShape, before: JsonValue, elements: Elements): JsonValue {
  switch (type.kind) {
    case 'map': {
      const pairs = withPairs(before === null ? [] : mapPairs(before, type), elements, type.key);
      return hasObjectForm(type) ? Object.fromEntries(pairs.map(([key, value]) => [String(key), value])) : pairs;
    }
    case 'set': {
      const old = listOf(name, before).map((element): Pair => [element, true]);
      return withPairs(old, elements, type.of).map(([element]) => element);
    }
    case 'list':
      return withIndexes(name, listOf(name, before), elements);
    default:
      throw new EditError(`“${name}” has no elements: it is not a list, map or set. Set its value.`);
  }
}

/** Text keys make a map an object in its JSON form. */
function hasObjectForm({ key }: CqlType & { readonly kind: 'map' }): boolean {
  return key.kind === 'native' && (key.name === 'text' || key.name === 'ascii');
}

/** In the order of the elements' bytes as far as that can be known here: the server sorts them by their type. */
function withPairs(old: readonly Pair[], changed: readonly Pair[], type: CqlType): [JsonValue, JsonValue][] {
  const found = new Map(old.map(([key, value]) => [valueText(type, key), [key, value] as [JsonValue, JsonValue]]));
  for (const [key, value] of changed) {
    if (value === null) found.delete(valueText(type, key));
    else found.set(valueText(type, key), [key, value]);
  }
  return [...found.values()];
}

/** Removed elements close up; indexes count in the list as it was. */
function withIndexes(name: string, before: readonly JsonValue[], elements: Elements): JsonValue[] {
  const changed = new Map(elements.map(([index, value]) => [Number(index), value]));
  for (const index of changed.keys()) {
    if (Number.isInteger(index) && index >= 0 && index < before.length) continue;
    throw new EditError(`The list “${name}” has ${before.length} elements, so there is none at index ${index}.`);
  }
  return before.flatMap((old, index) => {
    const value = changed.has(index) ? (changed.get(index) ?? null) : old;
    return value === null ? [] : [value];
  });
}

/**
 * Two edits of one cell as one. Where their order would decide what one statement does, the whole value is set.
 * @param seen the value before both, if it is known
 * @throws EditError for two such edits of a value that is not known
 */
export function merged(
  column: ColumnShape,
  first: CellEdit | undefined,
  next: CellEdit,
  seen?: JsonValue | undefined,
): CellEdit {
  if (first === undefined || 'set' in next) return next;
  if ('set' in first) return { ...first, set: edited(column, first.set, next) };
  if ('by' in first && 'by' in next) return { by: String(BigInt(first.by) + BigInt(next.by)) };
  if ('fields' in first && 'fields' in next) return { ...first, ...next, fields: { ...first.fields, ...next.fields } };
  if ('append' in first && 'append' in next) return { ...first, ...next, append: [...first.append, ...next.append] };
  if ('prepend' in first && 'prepend' in next)
    return { ...first, ...next, prepend: [...next.prepend, ...first.prepend] };
  if ('elements' in first && 'elements' in next && column.type.kind !== 'list') {
    return { ...first, ...next, elements: lastOf(column, [...first.elements, ...next.elements]) };
  }
  if (seen !== undefined && !('by' in first) && !('by' in next)) {
    const ttlSeconds = next.ttlSeconds ?? first.ttlSeconds;
    const set = edited(column, edited(column, seen, first), next);
    return { set, ...(ttlSeconds === undefined ? {} : { ttlSeconds }) };
  }
  throw new EditError(
    `“${column.name}” has another kind of edit already, and one statement cannot make both. Run that first, or set the whole value.`,
  );
}

/** Of several changes of one element the last. */
function lastOf({ type }: ColumnShape, elements: Elements): Elements {
  const of: CqlType = type.kind === 'map' ? type.key : type.kind === 'set' ? type.of : { kind: 'native', name: 'int' };
  return [...new Map(elements.map((pair) => [valueText(of, pair[0]), pair])).values()];
}

function listOf(name: string, value: JsonValue): readonly JsonValue[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value;
  throw new EditError(`“${name}” is no list or set. Set its value.`);
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
