import type { JsonValue } from '@/lib/contract/json';
import type { RowKey } from '../row-key';
import { checkedValue, checkKeyNames, checkTable, columnOf, isCounterTable, keyValues, usingOf } from './checks';
import { rowKeyFor } from './key';
import {
  type Bound,
  type ColumnValue,
  type DeleteNode,
  frozen,
  type MutatedTable,
  MutationError,
  type NodeKey,
} from './nodes';
import { type ConditionInput, checkChangeable, conditionOf, notNull, type PlaceInput, placeOf } from './places';

interface DeleteOptions {
  readonly key: RowKey;
  readonly timestampMicros?: string | undefined;
}

interface ConditionalDelete extends DeleteOptions {
  readonly condition?: ConditionInput | undefined;
}

export interface DeleteColumnsOptions extends ConditionalDelete {
  /** Columns, elements and fields. */
  readonly places: readonly PlaceInput[];
}

export interface DeleteRangeOptions extends DeleteOptions {
  /** The partition key, and the leading clustering columns that all rows of the range have in common. */
  readonly key: RowKey;
  /** Bounds of the clustering column that follows those in the key, by its values: `from` is the lower one. */
  readonly from?: RangeBound | undefined;
  readonly to?: RangeBound | undefined;
}

interface RangeBound {
  readonly value: JsonValue;
  readonly inclusive: boolean;
}

/** DELETE of columns or parts of them; of static columns by the partition key alone. @throws MutationError */
export function deleteColumns(
  table: MutatedTable,
  { places, condition, ...options }: DeleteColumnsOptions,
): DeleteNode {
  checkTable(table);
  if (places.length === 0) throw new MutationError('No column is given. Delete the row instead.');
  const found = places.map((place) => placeOf(table, place));
  for (const place of found) checkChangeable(place);
  const compared = conditionOf(table, condition, isCounterTable(table));
  const others = compared?.kind === 'all' ? compared.comparisons.map(({ place }) => place.column) : [];
  const key = rowKeyFor(table, options.key, [...found.map(({ column }) => column.name), ...others]);
  const of = { key, places: found.map(({ place }) => place) };
  return deletion(table, 'columns', { ...options, condition }, of);
}

/** DELETE of one row, by its whole primary key. @throws MutationError */
export function deleteRow(table: MutatedTable, options: ConditionalDelete): DeleteNode {
  return deletion(table, 'row', options, { key: rowKeyFor(table, options.key, []) });
}

/**
 * DELETE of the rows of one partition that share leading clustering columns, within bounds of the next. Cassandra takes no
 * condition here.
 * @throws MutationError
 */
export function deleteRange(table: MutatedTable, { from, to, ...options }: DeleteRangeOptions): DeleteNode {
  const { partitionKey, clusteringKey } = table.shape;
  const { key } = options;
  checkKeyNames(key, [...partitionKey, ...clusteringKey], 'it is no column of the primary key');
  const given = clusteringKey.filter((name) => Object.hasOwn(key, name));
  const names = clusteringKey.slice(0, given.length);
  const next = clusteringKey[given.length];
  if (next === undefined) throw new MutationError('This key names one row. Delete the row instead.');
  if (given.length === 0 && from === undefined && to === undefined) {
    throw new MutationError('Nothing limits the range. Delete the partition instead.');
  }
  const bounds = [
    ...(from === undefined ? [] : [boundOf(table, next, from, '>')]),
    ...(to === undefined ? [] : [boundOf(table, next, to, '<')]),
  ];
  const clustering = keyValues(table, names, key, false);
  return deletion(table, 'range', options, {
    key: { partition: keyValues(table, partitionKey, key, true), clustering },
    bounds,
  });
}

/** DELETE of a partition with all its rows and static columns. Cassandra takes no condition here. @throws MutationError */
export function deletePartition(table: MutatedTable, options: DeleteOptions): DeleteNode {
  const { partitionKey } = table.shape;
  checkKeyNames(options.key, partitionKey, 'a partition is named by its partition key alone');
  const key = { partition: keyValues(table, partitionKey, options.key, true), clustering: [] };
  return deletion(table, 'partition', options, { key });
}

function boundOf(table: MutatedTable, column: string, { value, inclusive }: RangeBound, side: '<' | '>'): Bound {
  const bound: ColumnValue = { column, ...notNull(checkedValue(column, value, columnOf(table, column).type)) };
  return { operator: inclusive ? `${side}=` : side, value: bound };
}

function deletion(
  table: MutatedTable,
  scope: DeleteNode['scope'],
  { timestampMicros, condition: asked }: ConditionalDelete,
  of: { readonly key: NodeKey } & Partial<Pick<DeleteNode, 'places' | 'bounds'>>,
): DeleteNode {
  checkTable(table);
  const isCounter = isCounterTable(table);
  const condition = conditionOf(table, asked, isCounter);
  return frozen({
    kind: 'delete',
    table: { keyspace: table.keyspace, table: table.table },
    scope,
    places: [],
    bounds: [],
    ...of,
    condition,
    using: usingOf({ timestampMicros }, { isCounter, condition }),
    isCounter,
  });
}
