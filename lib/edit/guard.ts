import { type JsonValue, ownValue } from '@/lib/contract/json';
import type { CellEdit, MutationNote, RowRead } from '@/lib/contract/mutations';
import { isCounterTable } from '../cql/mutation/checks';
import type { ComparisonInput, ConditionInput } from '../cql/mutation/places';
import type { ColumnShape } from '../cql/schema-lookup';
import type { CqlType } from '../cql/types';
import { mapPairs } from '../wire/json-texts';
import { note } from './notes';
import { columnNamed, type EditTable, stored } from './table';
import { partIndex } from './ttl';

/** What follows IF, and what is to be said of it. */
export interface Guard {
  readonly condition: ConditionInput;
  readonly notes: readonly MutationNote[];
}

/**
 * The condition under which a row's cells are as they were read. `IF v = null` also holds for a row that is not there, and
 * the UPDATE would insert it; `IF EXISTS AND …` is no CQL. So a value that is not null joins, or else only EXISTS is left.
 */
export function editGuard(table: EditTable, row: RowRead | null, edits: Readonly<Record<string, CellEdit>>): Guard {
  const names = Object.keys(edits);
  const comparisons = Object.entries(edits).flatMap(([name, edit]) => comparisonsOf(table, row, name, edit));
  const isStatic = names.every((name) => columnNamed(table, name).kind === 'static');
  return isStatic ? { condition: comparisons, notes: [] } : existing(table, row, comparisons);
}

/** The condition under which a whole row is as it was read. */
export function rowGuard(table: EditTable, row: RowRead | null): Guard {
  const regular = table.shape.columns.filter(({ kind, name }) => kind === 'regular' && hasCell(row, name));
  return existing(
    table,
    row,
    regular.map(({ name }) => ({ column: name, operator: '=', value: valueIn(table, row, name) })),
  );
}

function existing(table: EditTable, row: RowRead | null, comparisons: readonly ComparisonInput[]): Guard {
  const proves = ({ column, value }: ComparisonInput) =>
    value !== null && columnNamed(table, column).kind === 'regular';
  if (comparisons.some(proves)) return { condition: comparisons, notes: [] };
  const joined = table.shape.columns.find(({ name, kind }) => kind === 'regular' && valueIn(table, row, name) !== null);
  if (joined === undefined) return { condition: 'exists', notes: [note('not_guarded')] };
  const comparison: ComparisonInput = { column: joined.name, operator: '=', value: valueIn(table, row, joined.name) };
  return { condition: [...comparisons, comparison], notes: [note('guard_joined', joined.name)] };
}

/**
 * Types by whose order two texts of bytes are equal only if they are the same. Cassandra compares an entry of a map in a
 * condition as if its value were a key (`ColumnCondition.ElementAccessBound`, tried on 4.0.19 and 5.0.9): by the order of
 * uuids any two short values are equal, by that of tinyints any with the same first byte, by that of doubles it fails.
 */
const BYTE_ORDERED: ReadonlySet<string> = new Set([
  ...['ascii', 'bigint', 'blob', 'date', 'inet', 'int', 'smallint', 'text', 'time', 'timestamp'],
]);

function comparesEntries(key: CqlType): boolean {
  return key.kind === 'native' && BYTE_ORDERED.has(key.name);
}

/** Of entries of a map and fields of a type only those that change; any other value as a whole. */
function comparisonsOf(table: EditTable, row: RowRead | null, name: string, edit: CellEdit): ComparisonInput[] {
  const column = columnNamed(table, name);
  const value = valueIn(table, row, name);
  if ('fields' in edit) {
    return Object.keys(edit.fields).map((field) => ({
      column: name,
      field,
      operator: '=',
      value: partOf(column, value, field),
    }));
  }
  if ('elements' in edit && column.type.kind === 'map' && comparesEntries(column.type.key)) {
    return edit.elements.map(([element]) => ({
      column: name,
      element,
      operator: '=',
      value: partOf(column, value, element),
    }));
  }
  return [{ column: name, operator: '=', value }];
}

function partOf(column: ColumnShape, value: JsonValue, part: JsonValue): JsonValue {
  const at = partIndex(column, value, part);
  if (at === -1 || value === null) return null;
  if (column.type.kind === 'map') return mapPairs(value, column.type)[at]?.[1] ?? null;
  if (typeof value !== 'object' || Array.isArray(value)) return null;
  return ownValue(Object.fromEntries(Object.entries(value)), String(part)) ?? null;
}

function hasCell(row: RowRead | null, name: string): boolean {
  return row !== null && Object.hasOwn(row.cells, name);
}

function valueIn(table: EditTable, row: RowRead | null, name: string): JsonValue {
  if (isCounterTable(table)) return null;
  return stored(columnNamed(table, name), (row === null ? undefined : ownValue(row.cells, name)?.value) ?? null);
}
