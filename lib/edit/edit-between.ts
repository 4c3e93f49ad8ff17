import type { JsonValue } from '@/lib/contract/json';
import type { CellEdit } from '@/lib/contract/mutations';
import type { ColumnShape } from '../cql/schema-lookup';
import type { CqlType } from '../cql/types';
import { isInParts, isSame, stored, valueText } from './table';
import { changedParts } from './writes';

/**
 * The edit that turns one value of a column into another; null where both are stored as the same. A map, set or type that
 * is not frozen is changed by element or field where that is less, so that its other parts can change meanwhile; a list
 * only grows at its ends, because an index may be another element by the time that the edit runs.
 * @throws ValueError for what is no value of the column
 */
export function editBetween(column: ColumnShape, before: JsonValue, after: JsonValue): CellEdit | null {
  const { type } = column;
  if (isCounter(type)) return counted(before, after);
  if (isSame(column, before, after)) return null;
  const whole: CellEdit = { set: after };
  if (!isInParts(column) || before === null || stored(column, after) === null) return whole;
  if (type.kind === 'list') return grown(type.of, before, after) ?? whole;
  const parts = changedParts(column, before, after);
  if (parts === null) return whole;
  if (type.kind === 'udt') return { fields: Object.fromEntries(parts.map(([name, value]) => [String(name), value])) };
  return { elements: parts.map(([element, value]): [JsonValue, JsonValue] => [element, value]) };
}

export function isCounter(type: CqlType): boolean {
  return type.kind === 'native' && type.name === 'counter';
}

/** Counters are only added to. */
function counted(before: JsonValue, after: JsonValue): CellEdit | null {
  const by = wholeOf(after) - wholeOf(before);
  return by === 0n ? null : { by: String(by) };
}

function wholeOf(count: JsonValue): bigint {
  return count === null ? 0n : BigInt(String(count));
}

/** What was added at one end of a list; null for any other change. */
function grown(of: CqlType, before: JsonValue, after: JsonValue): CellEdit | null {
  if (!isList(before) || !isList(after) || before.length === 0 || after.length <= before.length) return null;
  const [old, next] = [before, after].map((list) => list.map((element) => valueText(of, element)));
  const startsAt = (from: number) => old?.every((text, at) => text === next?.[from + at]);
  const added = after.length - before.length;
  if (startsAt(0)) return { append: after.slice(before.length) };
  return startsAt(added) ? { prepend: after.slice(0, added) } : null;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
