import { indexFor, vectorIndexOf } from './index-serving';
import { NATIVE } from './native-types';
import { columnsOf, isPoint, isRange, type Restriction } from './restrictions';
import type { TableShape } from './schema-lookup';
import type { CqlType } from './types';

/** Whether ALLOW FILTERING makes Cassandra serve what neither key nor index does; it always refuses some conditions. */
export function isFilterable(table: TableShape, restrictions: readonly Restriction[]): boolean {
  return restrictions.every(
    (restriction) => indexFor(table, restriction) !== undefined || canFilter(table, restrictions, restriction),
  );
}

function canFilter(table: TableShape, restrictions: readonly Restriction[], restriction: Restriction): boolean {
  const type = table.columns.find(({ name }) => name === restriction.column)?.type;
  if (restriction.operator === 'LIKE') return false;
  if (restriction.operator === 'ENTRY') return type?.kind === 'map' && type.frozen !== true;
  if (restriction.tuple !== undefined && restriction.operator !== '=')
    return isPrefixed(table, restrictions, restriction);
  if (!isPoint(restriction) && !isRange(restriction)) return true;
  if (type === undefined || isOpen(type)) return false;
  if (type.kind === 'vector') return vectorIndexOf(table, restriction.column) === undefined;
  return !isRange(restriction) || !hasDuration(type);
}

/** Several tuples are read in clustering order, so the columns before them must have one value. */
function isPrefixed(table: TableShape, restrictions: readonly Restriction[], { column }: Restriction): boolean {
  const before = table.clusteringKey.slice(0, table.clusteringKey.indexOf(column));
  return before.every((name) =>
    restrictions.some((restriction) => isPoint(restriction) && columnsOf(restriction).includes(name)),
  );
}

/** Stored part by part: there is no whole value to compare with. */
function isOpen(type: CqlType): boolean {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
    case 'udt':
      return type.frozen !== true;
    default:
      return false;
  }
}

/** A duration has no order: a month is not a fixed number of days. */
function hasDuration(type: CqlType): boolean {
  switch (type.kind) {
    case 'native':
      return !NATIVE[type.name].isOrdered;
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
