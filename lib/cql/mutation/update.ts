import type { JsonValue } from '@/lib/contract/json';
import type { RowKey } from '../row-key';
import type { ColumnShape } from '../schema-lookup';
import type { CqlType } from '../types';
import {
  checkedValue,
  checkTable,
  dataColumnOf,
  isCounter,
  isCounterTable,
  type UsingOptions,
  usingOf,
} from './checks';
import { rowKeyFor } from './key';
import { type Assignment, frozen, type MutatedTable, MutationError, type UpdateNode } from './nodes';
import { type ConditionInput, checkChangeable, conditionOf, isFrozen, type PlaceInput, placeOf } from './places';

export type Change =
  | ({ readonly kind: 'set'; readonly value: JsonValue } & PlaceInput)
  /** Appends to or removes from a collection; `prepend` is for lists. `value` is a collection; of a map, keys are removed. */
  | { readonly kind: 'append' | 'prepend' | 'remove'; readonly column: string; readonly value: JsonValue }
  /** Adds to a counter; a negative number is taken from it. */
  | { readonly kind: 'count'; readonly column: string; readonly by: string | number };

export interface UpdateOptions extends UsingOptions {
  /** The primary key; the partition key alone where only static columns are changed and compared. */
  readonly key: RowKey;
  readonly changes: readonly Change[];
  readonly condition?: ConditionInput | undefined;
}

/**
 * UPDATE of one row, or of a partition's static columns. Without a condition it inserts where there is no row.
 * @throws MutationError for what Cassandra would refuse
 */
export function updateRow(
  table: MutatedTable,
  { key, changes, condition: asked, ...options }: UpdateOptions,
): UpdateNode {
  checkTable(table);
  if (changes.length === 0) throw new MutationError('An UPDATE changes at least one column.');
  const assignments = changes.map((change) => assignmentOf(table, change));
  checkOnce(assignments);
  const isCounters = isCounterTable(table);
  const condition = conditionOf(table, asked, isCounters);
  return frozen({
    kind: 'update',
    table: { keyspace: table.keyspace, table: table.table },
    key: rowKeyFor(table, key, [...assignments.map(columnIn), ...comparedIn(condition)]),
    assignments,
    condition,
    using: usingOf(options, { isCounter: isCounters, condition }),
    isCounter: isCounters,
  });
}

function comparedIn(condition: UpdateNode['condition']): readonly string[] {
  return condition?.kind === 'all' ? condition.comparisons.map(({ place }) => place.column) : [];
}

function columnIn(assignment: Assignment): string {
  return assignment.kind === 'set' ? assignment.place.column : assignment.column;
}

function assignmentOf(table: MutatedTable, change: Change): Assignment {
  switch (change.kind) {
    case 'set':
      return setting(table, change, change.value);
    case 'append':
    case 'prepend':
    case 'remove': {
      const column = dataColumnOf(table, change.column);
      const type = collectionType(column, change.kind);
      return { kind: change.kind, column: column.name, value: checkedValue(column.name, change.value, type) };
    }
    case 'count':
      return counting(dataColumnOf(table, change.column), change.by);
    default:
      return change satisfies never;
  }
}

function setting(table: MutatedTable, input: PlaceInput, value: JsonValue): Assignment {
  const typed = placeOf(table, input);
  const { place, column, type } = typed;
  checkChangeable(typed);
  if (isCounter(type)) throw new MutationError(`The counter “${column.name}” cannot be set, only added to.`);
  if (place.kind === 'element' && column.type.kind === 'set') {
    throw new MutationError(`An element of the set “${column.name}” cannot be set. Append it, or remove it.`);
  }
  return { kind: 'set', place, value: checkedValue(column.name, value, type) };
}

/** The type of what is appended to the column, or removed from it. */
function collectionType({ name, type }: ColumnShape, kind: 'append' | 'prepend' | 'remove'): CqlType {
  if (type.kind !== 'list' && type.kind !== 'set' && type.kind !== 'map') {
    throw new MutationError(
      `“${name}” is no collection, so nothing can be added to it or removed. Set the whole value.`,
    );
  }
  if (isFrozen(type)) {
    throw new MutationError(`“${name}” is frozen: Cassandra stores it as one value. Set the whole value.`);
  }
  if (kind === 'prepend' && type.kind !== 'list') {
    throw new MutationError(`The ${type.kind} “${name}” has an order that its values decide. Append instead.`);
  }
  return kind === 'remove' && type.kind === 'map' ? { kind: 'set', of: type.key } : type;
}

/** The lowest number of the type, which has no positive counterpart. */
const LOWEST = '-9223372036854775808';

function counting({ name, type }: ColumnShape, by: string | number): Assignment {
  if (!isCounter(type)) throw new MutationError(`“${name}” is no counter. Set its value.`);
  const text = String(by);
  if (!/^-?\d+$/.test(text)) throw new MutationError(`“${name}” counts whole numbers; this is ${text}.`);
  const isTaken = text.startsWith('-') && text !== LOWEST;
  const value = checkedValue(name, isTaken ? text.slice(1) : text, type);
  return { kind: 'count', column: name, sign: isTaken ? '-' : '+', value };
}

/**
 * Parts of a column may be changed side by side, a whole column only alone; counters may be added to twice.
 * @throws MutationError for a column whose change would depend on the order
 */
function checkOnce(assignments: readonly Assignment[]): void {
  for (const { kind, ...assignment } of assignments) {
    if (kind !== 'set' || !('place' in assignment) || assignment.place.kind !== 'column') continue;
    const { column } = assignment.place;
    if (assignments.filter((other) => columnIn(other) === column).length === 1) continue;
    throw new MutationError(
      `“${column}” is set as a whole and changed once more in the same UPDATE. Keep one of both.`,
    );
  }
}
