import { type JsonValue, ownValue } from '@/lib/contract/json';
import { columnOf } from '../cql/mutation/checks';
import type { MutatedTable } from '../cql/mutation/nodes';
import { isFrozen } from '../cql/mutation/places';
import type { RowKey } from '../cql/row-key';
import type { ColumnShape } from '../cql/schema-lookup';
import type { CqlType } from '../cql/types';
import { decimalKey } from '../local/exact-numbers';
import { fromJson } from '../wire/encode';
import { mapPairs } from '../wire/json-texts';

/** A table whose rows are changed. */
export type EditTable = MutatedTable;

/** A table with what its statements need besides: the server asks Cassandra for it, the page does not know it. */
export interface PlanTable extends EditTable {
  /** 0: cells without a TTL never expire. */
  readonly defaultTtlSeconds: number;
  /** Columns that are masked for whoever changes its rows: the shape lacks them, so no statement has them. */
  readonly masked?: readonly string[];
}

/** A change that is refused. The message says why and what to do. */
export class EditError extends Error {
  override readonly name = 'EditError';
}

/** Stored as a cell for each element or field. */
export function isInParts({ type }: Pick<ColumnShape, 'type'>): boolean {
  return !isFrozen(type);
}

export function columnNamed(table: EditTable, name: string): ColumnShape {
  return columnOf(table, name);
}

/**
 * A value as it is stored: an empty collection that is not frozen, and a type with no field set, are null.
 */
export function stored(column: Pick<ColumnShape, 'type'>, value: JsonValue): JsonValue {
  if (value === null || !isInParts(column)) return value;
  const { type } = column;
  if (type.kind === 'udt') {
    return typeof value === 'object' && Object.values(value).every((field) => field === null) ? null : value;
  }
  return typeof value === 'object' && Object.keys(value).length === 0 ? null : value;
}

/** Whether two values are stored as the same, however their JSON is written. */
export function isSame(column: Pick<ColumnShape, 'type'>, one: JsonValue, other: JsonValue): boolean {
  return valueText(column.type, stored(column, one)) === valueText(column.type, stored(column, other));
}

/**
 * A text that two values share only if the server stores the same bytes for them: it sorts sets and maps.
 * @param as `compared`: only if their type's order calls them equal, as of clustering columns, where 1.0 is 1.00
 * @throws ValueError for what is no value of the type
 */
export function valueText(type: CqlType, value: JsonValue, as: 'stored' | 'compared' = 'stored'): string {
  if (value === null) return 'null';
  // A value of no bytes, which every type but text and blobs may have in its stead.
  if (value === '') return '';
  const textOf = (of: CqlType, part: JsonValue) => valueText(of, part, as);
  if (type.kind === 'set' && Array.isArray(value)) {
    return `{${[...new Set(value.map((element: JsonValue) => textOf(type.of, element)))].sort().join()}}`;
  }
  if (type.kind === 'map') {
    const entries = mapPairs(value, type).map(([key, of]) => `${textOf(type.key, key)}:${textOf(type.value, of)}`);
    return `{${entries.sort().join()}}`;
  }
  if ((type.kind === 'list' || type.kind === 'vector') && Array.isArray(value)) {
    return `[${value.map((element: JsonValue) => textOf(type.of, element)).join()}]`;
  }
  if (type.kind === 'tuple' && Array.isArray(value)) {
    const fields: readonly JsonValue[] = value;
    return `(${type.of.map((of, at) => textOf(of, fields[at] ?? null)).join()})`;
  }
  if (type.kind === 'udt' && typeof value === 'object' && !Array.isArray(value)) {
    const fields = Object.fromEntries(Object.entries(value));
    return `(${type.fields.map((field) => textOf(field.type, ownValue(fields, field.name) ?? null)).join()})`;
  }
  const bytes = fromJson(value, type);
  const number = as === 'compared' && isDecimal(type) ? decimalKey(String(value)) : undefined;
  if (number !== undefined) return `${number.sign} ${number.digits} ${number.exponent}`;
  return bytes === null ? 'null' : Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function isDecimal(type: CqlType): boolean {
  return type.kind === 'native' && type.name === 'decimal';
}

/**
 * A text that two keys share only if they name the same partition or row. A partition is found by its key's bytes, so 1.0
 * and 1.00 are two; a row within it by the order of its clustering columns, so they are one.
 * @throws ValueError
 */
export function keyText(table: EditTable, key: RowKey): string {
  const { partitionKey, clusteringKey } = table.shape;
  const textOf = (name: string, as: 'stored' | 'compared') =>
    `${name}=${valueText(columnNamed(table, name).type, ownValue(key, name) ?? null, as)}`;
  const clustering = clusteringKey.filter((name) => Object.hasOwn(key, name));
  return [
    ...partitionKey.map((name) => textOf(name, 'stored')),
    ...clustering.map((name) => textOf(name, 'compared')),
  ].join('&');
}

/** {@link keyText} of the partition that a key is in. */
export function partitionText(table: EditTable, key: RowKey): string {
  return keyText(table, partitionOf(table, key));
}

function partitionOf(table: EditTable, key: RowKey): RowKey {
  return Object.fromEntries(table.shape.partitionKey.map((name) => [name, key[name] ?? null]));
}

/** The key names a partition and none of its rows: what has it changes static columns. */
export function isPartitionKey(table: EditTable, key: RowKey): boolean {
  const { clusteringKey } = table.shape;
  return clusteringKey.length > 0 && clusteringKey.every((name) => !Object.hasOwn(key, name));
}

/** The newest of some timestamps in microseconds; 0 without any. */
export function newestOf(timesMicros: readonly bigint[]): bigint {
  let newest = 0n;
  for (const time of timesMicros) if (time > newest) newest = time;
  return newest;
}
