import type { JsonValue } from '@/lib/contract/json';
import type { ColumnShape } from '../schema-lookup';
import type { CqlType } from '../types';
import { checkedValue, dataColumnOf, isCounter } from './checks';
import {
  type AssignmentTarget,
  type Comparison,
  type ComparisonOperator,
  type Condition,
  type MutatedTable,
  MutationError,
  type Value,
} from './nodes';

/** A column, or with one of the others a part of it. */
export interface PlaceInput {
  readonly column: string;
  /** Index of a list, key of a map, element of a set. */
  readonly element?: JsonValue | undefined;
  /** Field of a user-defined type. */
  readonly field?: string | undefined;
}

export interface ComparisonInput extends PlaceInput {
  readonly operator: ComparisonOperator;
  /** For IN an array of values. */
  readonly value: JsonValue;
}

/** `exists`, or comparisons that must all hold. */
export type ConditionInput = 'exists' | readonly ComparisonInput[];

export interface TypedPlace {
  readonly place: AssignmentTarget;
  readonly column: ColumnShape;
  /** Of the value that stands there; of an element of a set: of the element. */
  readonly type: CqlType;
}

const INT: CqlType = { kind: 'native', name: 'int' };

/** What elements and fields are found by is only there in what is stored in parts. */
export function isFrozen(type: CqlType): boolean {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
    case 'udt':
      return type.frozen === true;
    default:
      return true;
  }
}

/**
 * A place of a table, with its type.
 * @throws MutationError when there is none
 */
export function placeOf(table: MutatedTable, input: PlaceInput): TypedPlace {
  const column = dataColumnOf(table, input.column);
  const { name, type } = column;
  if (input.element !== undefined && input.field !== undefined) {
    throw new MutationError(`“${name}” has both an element and a field here: give only one of them.`);
  }
  if (input.field !== undefined) {
    return { place: { kind: 'field', column: name, field: input.field }, column, type: fieldType(column, input.field) };
  }
  if (input.element === undefined) return { place: { kind: 'column', column: name }, column, type };
  const [key, of] = elementOf(column, input.element);
  return { place: { kind: 'element', column: name, key }, column, type: of };
}

function fieldType({ name, type }: ColumnShape, field: string): CqlType {
  if (type.kind !== 'udt') throw new MutationError(`“${name}” has no fields: it is not a user-defined type.`);
  const found = type.fields.find((one) => one.name === field);
  if (found === undefined) throw new MutationError(`The type ${type.name} of “${name}” has no field “${field}”.`);
  return found.type;
}

/** What an element is found by, and its type. */
function elementOf({ name, type }: ColumnShape, element: JsonValue): readonly [Value, CqlType] {
  const label = `${name}[…]`;
  switch (type.kind) {
    case 'list': {
      const index = Number(element);
      if (!Number.isInteger(index) || index < 0) {
        throw new MutationError(`An element of the list “${name}” is found by its index, starting at 0.`);
      }
      return [checkedValue(label, element, INT), type.of];
    }
    case 'map':
      return [notNull(checkedValue(label, element, type.key)), type.value];
    case 'set':
      return [notNull(checkedValue(label, element, type.of)), type.of];
    default:
      throw new MutationError(`“${name}” has no elements: it is not a list, map or set.`);
  }
}

export function notNull(value: Value): Value {
  if (value.value !== null) return value;
  throw new MutationError(`${value.name} cannot be null.`);
}

/** @throws MutationError for a part of what is stored as one value */
export function checkChangeable({ place, column }: TypedPlace): void {
  if (place.kind === 'column' || !isFrozen(column.type)) return;
  throw new MutationError(`“${column.name}” is frozen: Cassandra stores it as one value. Set the whole value.`);
}

/** @throws MutationError for what Cassandra cannot compare */
export function conditionOf(
  table: MutatedTable,
  input: ConditionInput | undefined,
  isCounterTable: boolean,
): Condition | null {
  if (input === undefined) return null;
  if (isCounterTable) throw new MutationError('Counters cannot have conditions. Leave the condition out.');
  if (input === 'exists') return { kind: 'exists' };
  if (input.length === 0)
    throw new MutationError('A condition needs at least one comparison. Add one, or leave the condition out.');
  return { kind: 'all', comparisons: input.map((one) => comparisonOf(table, one)) };
}

function comparisonOf(table: MutatedTable, input: ComparisonInput): Comparison {
  const { place, column, type } = placeOf(table, input);
  const { operator, value } = input;
  if (place.kind === 'element' && column.type.kind === 'set') {
    throw new MutationError(`An element of the set “${column.name}” cannot be compared. Compare the whole set.`);
  }
  if (isCounter(type)) throw new MutationError(`The counter “${column.name}” cannot be compared.`);
  if (operator === 'IN') {
    if (!isList(value)) throw new MutationError(`IN takes a list of values for “${column.name}”.`);
    return { place, operator, values: value.map((one) => checkedValue(column.name, one, type)) };
  }
  const isOrder = operator !== '=' && operator !== '!=';
  if (isOrder && value === null)
    throw new MutationError(`Nothing is ${operator} null. Compare “${column.name}” by = or !=.`);
  if (isOrder && hasDuration(type)) {
    throw new MutationError(`Durations have no order, so “${column.name}” can only be compared by =, != or IN.`);
  }
  return { place, operator, values: [checkedValue(column.name, value, type)] };
}

/** Where Cassandra looks for durations before it compares by order (its AbstractType.referencesDuration). */
function hasDuration(type: CqlType): boolean {
  switch (type.kind) {
    case 'native':
      return type.name === 'duration';
    case 'list':
    case 'set':
    case 'vector':
      return hasDuration(type.of);
    case 'map':
      return hasDuration(type.key) || hasDuration(type.value);
    case 'tuple':
      return type.of.some(hasDuration);
    case 'udt':
      return type.fields.some((field) => hasDuration(field.type));
    case 'custom':
      return false;
    default:
      return type satisfies never;
  }
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
