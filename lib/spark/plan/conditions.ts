import type { Filter } from '@/lib/contract/filters';
import type { TableShape } from '@/lib/cql/schema-lookup';
import type { CqlType } from '@/lib/cql/types';
import { SparkRefusal, sqlName, sqlText, sqlValue } from './sql';

const COMPARED: ReadonlySet<string> = new Set(['=', '<', '<=', '>', '>=']);
/** Spark orders these as text or not at all, Cassandra in another way. */
const UNORDERED: ReadonlySet<string> = new Set(['uuid', 'timeuuid', 'inet', 'blob', 'duration']);

/**
 * The filters of a table as one condition in Spark SQL; null: there are none.
 * @throws SparkRefusal for a filter that Spark has no equal for
 */
export function conditionOf(filters: readonly Filter[], shape: TableShape): string | null {
  if (filters.length === 0) return null;
  return filters.map((filter) => oneCondition(filter, shape)).join(' AND ');
}

function oneCondition(filter: Filter, shape: TableShape): string {
  const { column, operator, value, key, tuple } = filter;
  const type = shape.columns.find(({ name }) => name === column)?.type;
  if (type === undefined) throw new SparkRefusal(`There is no column “${column}”.`);
  if (tuple !== undefined) throw new SparkRefusal(`Spark cannot compare “${column}” together with other columns.`);
  const name = sqlName(column);
  if (key !== undefined) {
    if (type.kind !== 'map' || operator !== '=') throw unfit(column, operator);
    // With ANSI mode, a missing key of `map[key]` ends the job.
    return `try_element_at(${name}, ${sqlValue(key, type.key, column)}) = ${sqlValue(value, type.value, column)}`;
  }
  if (COMPARED.has(operator)) return compared(filter, type);
  switch (operator) {
    case 'IN':
      if (!Array.isArray(value) || value.length === 0) throw new SparkRefusal(`IN of “${column}” needs values.`);
      return `${name} IN (${value.map((one) => sqlValue(one, type, column)).join(', ')})`;
    case 'LIKE':
      if (typeof value !== 'string') throw unfit(column, operator);
      return likeCondition(name, value);
    case 'CONTAINS':
      if (type.kind === 'map') return `array_contains(map_values(${name}), ${sqlValue(value, type.value, column)})`;
      if (type.kind !== 'list' && type.kind !== 'set') throw unfit(column, operator);
      return `array_contains(${name}, ${sqlValue(value, type.of, column)})`;
    case 'CONTAINS KEY':
      if (type.kind !== 'map') throw unfit(column, operator);
      return `map_contains_key(${name}, ${sqlValue(value, type.key, column)})`;
    default:
      throw unfit(column, operator);
  }
}

function compared({ column, operator, value }: Filter, type: CqlType): string {
  const isOrder = operator !== '=';
  if (isOrder && (type.kind !== 'native' || UNORDERED.has(type.name))) {
    throw new SparkRefusal(`Spark orders “${column}” in another way than Cassandra. Use = or IN.`);
  }
  return `${sqlName(column)} ${operator} ${sqlValue(value, type, column)}`;
}

/** In CQL only % stands for other text; in Spark _ does too. */
function likeCondition(name: string, pattern: string): string {
  const escaped = pattern.replaceAll('\\', '\\\\').replaceAll('_', '\\_');
  return `${name} LIKE ${sqlText(escaped)}`;
}

function unfit(column: string, operator: string): SparkRefusal {
  return new SparkRefusal(`Spark has no equal for the filter ${operator} of “${column}”. Remove it, or run this here.`);
}
