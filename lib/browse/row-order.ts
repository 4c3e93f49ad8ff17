import { OPERATORS } from '@/lib/contract/filter-operators';
import type { Filter } from '@/lib/contract/filters';
import type { TableShape } from '@/lib/cql/schema-lookup';
import type { RowOrder } from '@/lib/reader/source';
import type { BrowseAddress } from './address';
import type { ViewPlan } from './planner';

/**
 * How a view's rows are ordered, where reading can start at a place among them: by token, or inside one partition by the
 * first clustering column that is not fixed to one value, with the columns after it that can be compared together with
 * it. Undefined where rows are found in another way, or where that column is already filtered.
 */
export function rowOrderOf(
  { filters, reversed }: Pick<BrowseAddress, 'filters' | 'reversed'>,
  shape: TableShape | undefined,
  built: ViewPlan | undefined,
): RowOrder | undefined {
  // Rows need not wait for the schema: for a table without tokens the rail has no places to offer.
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
  const tuple = tupleAfter(column, filters, shape);
  return { by: 'value', column, tuple, descending: isDescending(column, shape) !== reversed };
}

/** Rows that an index finds inside a partition cannot be reversed: Cassandra refuses ORDER BY with an index. */
function usesIndex(filters: readonly Filter[], { partitionKey, indexes }: TableShape): boolean {
  return filters.some(
    ({ column }) => !partitionKey.includes(column) && indexes.some((index) => index.column === column),
  );
}

/**
 * The clustering columns after the first one that a tuple comparison can include. It compares values, whatever order they
 * are stored in: only where all go the same way are the rows after it the ones that follow. With an index or ALLOW
 * FILTERING Cassandra does not serve every such comparison.
 */
function tupleAfter(column: string, filters: readonly Filter[], shape: TableShape): string[] {
  const { partitionKey, clusteringKey } = shape;
  const at = clusteringKey.indexOf(column);
  const seekable = new Set([...partitionKey, ...clusteringKey.slice(0, at)]);
  if (!filters.every((filter) => filter.operator === '=' && seekable.has(filter.column))) return [];
  const after = clusteringKey.slice(at + 1);
  const turn = after.findIndex((name) => isDescending(name, shape) !== isDescending(column, shape));
  return turn === -1 ? after : after.slice(0, turn);
}

function isDescending(column: string, { columns }: TableShape): boolean {
  return columns.find(({ name }) => name === column)?.clusteringOrder === 'desc';
}
