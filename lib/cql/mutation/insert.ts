import type { JsonValue } from '@/lib/contract/json';
import type { RowKey } from '../row-key';
import {
  addressText,
  checkedValue,
  checkKeyNames,
  checkTable,
  dataColumnOf,
  isCounterTable,
  keyValues,
  type UsingOptions,
  usingOf,
} from './checks';
import { type Condition, frozen, type InsertNode, type MutatedTable, MutationError } from './nodes';

/** A column that is left as it is. Null deletes what is there, and leaves a tombstone. */
export const UNSET: unique symbol = Symbol('unset');
type Unset = typeof UNSET;

export interface InsertOptions extends UsingOptions {
  /** The primary key; the partition key alone where only static columns are inserted. */
  readonly key: RowKey;
  /** Static and regular columns. */
  readonly values: Readonly<Record<string, JsonValue | Unset>>;
  readonly ifNotExists?: boolean | undefined;
}

/**
 * INSERT of one row, or of a partition's static columns.
 * @throws MutationError for what Cassandra would refuse
 */
export function insertRow(
  table: MutatedTable,
  { key, values, ifNotExists = false, ...options }: InsertOptions,
): InsertNode {
  checkTable(table);
  if (isCounterTable(table)) {
    throw new MutationError(
      `${addressText(table)} is a counter table, which cannot be inserted into. Use an UPDATE that adds.`,
    );
  }
  const { partitionKey, clusteringKey } = table.shape;
  checkKeyNames(key, [...partitionKey, ...clusteringKey], 'it is no column of the primary key');
  const given = Object.entries(values).flatMap(([column, value]) => {
    const { type, kind } = dataColumnOf(table, column);
    return value === UNSET ? [] : [{ kind, value: { column, ...checkedValue(column, value, type) } }];
  });
  const isStaticOnly = given.length > 0 && given.every(({ kind }) => kind === 'static');
  const names = clusteringKey.some((name) => Object.hasOwn(key, name)) || !isStaticOnly ? clusteringKey : [];
  const condition: Condition | null = ifNotExists ? { kind: 'not_exists' } : null;
  return frozen({
    kind: 'insert',
    table: { keyspace: table.keyspace, table: table.table },
    key: { partition: keyValues(table, partitionKey, key, true), clustering: keyValues(table, names, key, false) },
    values: given.map(({ value }) => value),
    condition,
    using: usingOf(options, { isCounter: false, condition }),
    isCounter: false,
  });
}
