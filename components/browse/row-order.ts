import type { RowOrder } from '@/components/results/source';
import type { TableShape } from '@/lib/cql/schema-lookup';
import type { BrowseAddress } from './browse-address';
import type { ViewPlan } from './planner';

/**
 * By what a view's rows are ordered, where a place among them can be read from: by token, or inside one partition by the
 * first clustering column that has not one value only. Undefined where rows are found in another way, and where that
 * column is filtered already.
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
    const bounded = filters.some(({ operator }) => operator === 'TOKEN >' || operator === 'TOKEN <=');
    return bounded || !built.scan.ringProgress ? undefined : { by: 'token' };
  }
  if (built.cost.scope !== 'one_partition') return undefined;
  const single = new Set(filters.filter(({ operator }) => operator === '=').map(({ column }) => column));
  const column = shape.clusteringKey.find((name) => !single.has(name));
  const isFiltered = filters.some((filter) => filter.column === column || filter.tuple !== undefined);
  if (column === undefined || isFiltered) return undefined;
  const isDescending = shape.columns.find(({ name }) => name === column)?.clusteringOrder === 'desc';
  return { by: 'value', column, descending: isDescending !== reversed };
}
