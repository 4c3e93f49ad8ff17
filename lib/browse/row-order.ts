import { OPERATORS } from '@/lib/contract/filter-operators';
import type { Filter } from '@/lib/contract/filters';
import type { TableShape } from '@/lib/cql/schema-lookup';
import type { RowOrder } from '@/lib/reader/source';
import type { BrowseAddress } from './address';
import type { ViewPlan } from './planner';

/**
 * By what a view's rows are ordered, where a place among them can be read from: by token, or inside one partition by the
 * first clustering column that has not one value only, with those behind it that can be compared together with it.
 * Undefined where rows are found in another way, and where that column is filtered already.
 */
export function rowOrderOf(
  { filters, reversed }: Pick<BrowseAddress, 'filters' | 'reversed'>,
  shape: TableShape | undefined,
  built: ViewPlan | undefined,
): RowOrder | undefined {
  // So that rows need not wait for the schema; a table without tokens has no places for the rail to offer.
  if (filters.length === 0) return { by: 'token' };
  if (shape === undefined || built === undefined) return undefined;
  if (built.scan.order === 'token' && built.limit === null) {
    const bounded = filters.some(({ operator }) => OPERATORS[operator].place === 'token');
    return bounded || !built.scan.ringProgress ? undefined : { by: 'token' };
  }
  if (built.cost.scope !== 'one_partition') return undefined;
  const single = new Set(filters.filter(({ operator }) => operator === '=').map(({ column }) => column));
  const column = shape.clusteringKey.find((name) => !single.has(name));
  const isFiltered = filters.some((filter) => filter.column === column || filter.tuple !== undefined);
  if (column === undefined || isFiltered || usesIndex(filters, shape)) return undefined;
  const tuple = tupleBehind(column, filters, shape);
  return { by: 'value', column, tuple, descending: isDescending(column, shape) !== reversed };
}

/** Rows that an index finds inside a partition cannot be turned round: Cassandra refuses ORDER BY with them. */
function usesIndex(filters: readonly Filter[], { partitionKey, indexes }: TableShape): boolean {
  return filters.some(
    ({ column }) => !partitionKey.includes(column) && indexes.some((index) => index.column === column),
  );
}

/**
 * The clustering columns that a comparison of tuples takes beside the first one. It compares values, whatever the order in
 * which they are stored: only where all go the same way are the rows behind it those that follow. Beside an index or
 * ALLOW FILTERING Cassandra does not serve all of them.
 */
function tupleBehind(column: string, filters: readonly Filter[], shape: TableShape): string[] {
  const { partitionKey, clusteringKey } = shape;
  const at = clusteringKey.indexOf(column);
  const seekable = new Set([...partitionKey, ...clusteringKey.slice(0, at)]);
  if (!filters.every((filter) => filter.operator === '=' && seekable.has(filter.column))) return [];
  const behind = clusteringKey.slice(at + 1);
  const turn = behind.findIndex((name) => isDescending(name, shape) !== isDescending(column, shape));
  return turn === -1 ? behind : behind.slice(0, turn);
}

function isDescending(column: string, { columns }: TableShape): boolean {
  return columns.find(({ name }) => name === column)?.clusteringOrder === 'desc';
}
