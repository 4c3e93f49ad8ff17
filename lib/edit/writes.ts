import { type JsonValue, ownValue } from '@/lib/contract/json';
import type { CellEdit, CellRead, MutationNote, RowRead } from '@/lib/contract/mutations';
import type { Change } from '../cql/mutation/update';
import type { ColumnShape } from '../cql/schema-lookup';
import { mapPairs } from '../wire/json-texts';
import { edited } from './cell';
import { note } from './notes';
import { EditError, isInParts, isSame, stored, valueText } from './table';
import { keptTtls, longest, partIndex, type SaidTtl, saidTtl, type Ttl, type TtlRules } from './ttl';

/** One assignment of an UPDATE. */
export interface CellWrite {
  readonly change: Change;
  /** `any`: it deletes, so it has none. */
  readonly ttl: Ttl | 'any';
}

export interface CellWrites {
  readonly writes: readonly CellWrite[];
  readonly notes: readonly MutationNote[];
}

interface CellContext {
  readonly column: ColumnShape;
  readonly cell: CellRead | undefined;
  readonly row: RowRead | null;
  readonly rules: TtlRules;
}

/** The assignments that an edit of a cell takes, each with the TTL of what it writes. @throws EditError */
export function writesOf(context: CellContext, edit: CellEdit): CellWrites {
  const { column, cell } = context;
  const { name } = column;
  if ('by' in edit)
    return { writes: [{ change: { kind: 'count', column: name, by: edit.by }, ttl: undefined }], notes: [] };
  const before = cell?.value ?? null;
  edited(column, before, edit);
  if ('append' in edit || 'prepend' in edit) return addedToList(context, edit);
  const parts = writtenParts(column, before, edit);
  if (parts !== null) return partsWritten(context, edit, parts);
  if (!('set' in edit)) throw new EditError(`“${name}” has no elements. Set its value.`);
  return wholeWritten(context, edit, stored(column, edit.set));
}

/** The parts that an edit writes, each for itself; null: it writes the whole value. */
export function writtenParts(column: ColumnShape, before: JsonValue, edit: CellEdit): readonly Part[] | null {
  if ('elements' in edit) return pairsOf(column, edit.elements);
  if ('fields' in edit) return Object.entries(edit.fields);
  if (!('set' in edit) || edit.expiresAt !== undefined) return null;
  const value = stored(column, edit.set);
  const changed = changedParts(column, before, value);
  // The same value with another TTL.
  if (changed?.length !== 0 || edit.ttlSeconds === undefined) return changed;
  return [...partsOf(column, value).values()].filter(([, part]) => part !== null);
}

/** Some parts as they are in a value, each once; null: it lacks them. */
export function partsIn(column: ColumnShape, value: JsonValue, parts: readonly Part[]): readonly Part[] {
  const there = partsOf(column, value);
  const byId = new Map(parts.map(([part]) => [partId(column, part), part]));
  return [...byId].map(([id, part]) => there.get(id) ?? [part, null]);
}

function partId({ type }: ColumnShape, part: JsonValue): string {
  if (type.kind === 'set') return valueText(type.of, part);
  return type.kind === 'map' ? valueText(type.key, part) : String(part);
}

/** A part and its new value; null: it is removed. */
export type Part = readonly [JsonValue, JsonValue];

function pairsOf(column: ColumnShape, elements: Extract<CellEdit, { elements: unknown }>['elements']): readonly Part[] {
  if (column.type.kind !== 'set') return elements;
  const wrong = elements.find(([, value]) => value !== true && value !== null);
  if (wrong !== undefined) throw new EditError(`An element of the set “${column.name}” is there (true) or not (null).`);
  return elements;
}

/**
 * The parts that differ, where writing them is less than writing the whole: then the others keep their write times and TTLs.
 * Null: the whole is written. Lists are: an index may be another element by then.
 */
export function changedParts(column: ColumnShape, before: JsonValue, value: JsonValue): readonly Part[] | null {
  if (!isInParts(column) || before === null || value === null || column.type.kind === 'list') return null;
  const [old, next] = [partsOf(column, before), partsOf(column, value)];
  const changed = [...next.entries()].filter(([id, [, part]]) => !isSamePart(column, old.get(id), part));
  const removed = [...old.entries()].filter(([id]) => !next.has(id));
  const parts = [...changed.map(([, part]) => part), ...removed.map(([, [key]]): Part => [key, null])];
  return parts.length < next.size || parts.length === 0 ? parts : null;
}

function partsOf(column: ColumnShape, value: JsonValue): Map<string, Part> {
  const { type } = column;
  if (type.kind === 'set' && Array.isArray(value)) {
    return new Map(value.map((element: JsonValue) => [partId(column, element), [element, true]]));
  }
  if (type.kind === 'map' && value !== null) {
    return new Map(mapPairs(value, type).map(([key, of]) => [partId(column, key), [key, of]]));
  }
  if (type.kind === 'udt' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const fields = Object.fromEntries(Object.entries(value));
    return new Map(type.fields.map(({ name }) => [name, [name, ownValue(fields, name) ?? null]]));
  }
  return new Map();
}

function isSamePart({ type }: ColumnShape, old: Part | undefined, value: JsonValue): boolean {
  if (old === undefined) return false;
  if (type.kind === 'map') return isSame({ type: type.value }, old[1], value);
  if (type.kind !== 'udt') return true;
  const field = type.fields.find(({ name }) => name === old[0]);
  return field !== undefined && isSame(field, old[1], value);
}

/** Elements, entries or fields: each keeps its TTL; a new one gets what all others share, else the table's default. */
function partsWritten(context: CellContext, said: SaidTtl, parts: readonly Part[]): CellWrites {
  const { column, cell, row, rules } = context;
  const kept = saidTtl(said, rules) ?? keptTtls(column, cell, row, rules);
  const isSaid = saidTtl(said, rules) !== null;
  const shared = kept.every((ttl) => ttl === kept[0]) ? kept[0] : undefined;
  const ttlOf = (part: JsonValue): Ttl => {
    if (isSaid && kept.length === 1) return kept[0];
    const at = partIndex(column, cell?.value ?? null, part);
    return isSaid ? kept[parts.findIndex(([one]) => one === part)] : at === -1 ? shared : (kept[at] ?? shared);
  };
  const writes = parts.map(([part, value]): CellWrite => {
    const ttl = value === null ? 'any' : ttlOf(part);
    return { change: partChange(column, part, ttl === 'expired' ? null : value), ttl: ttl === 'expired' ? 'any' : ttl };
  });
  const notes = column.type.kind === 'list' ? [note('list_index', column.name)] : [];
  const removes = writes.some(({ ttl }) => ttl === 'any');
  return { writes, notes: [...notes, ...(removes ? [note('tombstone', column.name)] : [])] };
}

function partChange({ name, type }: ColumnShape, part: JsonValue, value: JsonValue): Change {
  if (type.kind === 'udt') return { kind: 'set', column: name, field: String(part), value };
  if (type.kind === 'set') return { kind: value === null ? 'remove' : 'append', column: name, value: [part] };
  return { kind: 'set', column: name, element: part, value };
}

type Added = Extract<CellEdit, { readonly append: unknown } | { readonly prepend: unknown }>;

function addedToList(context: CellContext, edit: Added): CellWrites {
  const { column, cell, row, rules } = context;
  const kept = saidTtl(edit, rules) ?? keptTtls(column, cell, row, rules);
  const ttl = kept.every((one) => one === kept[0]) ? kept[0] : undefined;
  const change: Change =
    'append' in edit
      ? { kind: 'append', column: column.name, value: edit.append }
      : { kind: 'prepend', column: column.name, value: edit.prepend };
  return { writes: ttl === 'expired' ? [] : [{ change, ttl }], notes: [note('not_idempotent', column.name)] };
}

/** The whole value, or its deletion. */
function wholeWritten(context: CellContext, said: Extract<CellEdit, { set: unknown }>, value: JsonValue): CellWrites {
  const { column, cell, row, rules } = context;
  const isWhole = isInParts(column) && (cell?.value ?? null) !== null;
  const notes = [...(isWhole ? [note('whole_collection', column.name)] : [])];
  const deletion: CellWrite = { change: { kind: 'set', column: column.name, value: null }, ttl: 'any' };
  if (value === null) return { writes: [deletion], notes: [...notes, note('tombstone', column.name)] };
  const ttls = saidTtl(said, rules) ?? keptTtls(column, cell, row, rules);
  if (said.expiresAt !== undefined && ttls.length > 1) return restored(column, value, ttls, rules, deletion);
  const ttl = longest(ttls, rules);
  if (new Set(ttls).size > 1) notes.push(note('ttl_parts', column.name));
  if (ttl === 'expired') return { writes: [deletion], notes: [...notes, note('expired', column.name)] };
  return { writes: [{ change: { kind: 'set', column: column.name, value }, ttl }], notes };
}

/**
 * A value in parts, each of which expires when it would have: the first that share a TTL replace what is there, others are
 * added with theirs. A list's order would change by that, so it gets the longest.
 */
export function restored(
  column: ColumnShape,
  value: JsonValue,
  ttls: readonly Ttl[],
  rules: TtlRules,
  deletion: CellWrite,
): CellWrites {
  const parts = [...partsOf(column, value).values()];
  const whole = longest(ttls, rules);
  if (parts.length === 0 || ttls.length !== parts.length) {
    const isKept = new Set(ttls).size < 2;
    const write =
      whole === 'expired' ? deletion : { change: { kind: 'set' as const, column: column.name, value }, ttl: whole };
    return { writes: [write], notes: isKept ? [] : [note('ttl_parts', column.name)] };
  }
  const groups = new Map<Ttl, Part[]>();
  parts.forEach((part, at) => {
    const ttl = ttls[at];
    if (ttl !== 'expired' && part[1] !== null) groups.set(ttl, [...(groups.get(ttl) ?? []), part]);
  });
  const [first, ...others] = [...groups];
  if (first === undefined) return { writes: [deletion], notes: [note('expired', column.name)] };
  const [ttl, of] = first;
  const set: CellWrite = { change: { kind: 'set', column: column.name, value: ofParts(column, of) }, ttl };
  const more = others.flatMap(([one, some]) =>
    some.map(([part, next]): CellWrite => ({ change: partChange(column, part, next), ttl: one })),
  );
  return { writes: [set, ...more], notes: [] };
}

function ofParts({ type }: ColumnShape, parts: readonly Part[]): JsonValue {
  if (type.kind === 'set') return parts.map(([element]) => element);
  if (type.kind === 'udt') return Object.fromEntries(parts.map(([name, value]) => [String(name), value]));
  const isObject =
    type.kind === 'map' && type.key.kind === 'native' && (type.key.name === 'text' || type.key.name === 'ascii');
  return isObject
    ? Object.fromEntries(parts.map(([key, value]) => [String(key), value]))
    : parts.map(([key, value]) => [key, value]);
}
