import type { FilterOperator } from '@/lib/contract/filter-operators';
import type { Filter } from '@/lib/contract/filters';
import { type JsonValue, jsonText } from '@/lib/contract/json';
import { filterText } from './filter-text';
import type { ViewPlan } from './planner';

/** A view with one more filter, and what it costs. */
export interface CellFilter {
  readonly operator: FilterOperator;
  readonly label: string;
  /** All filters of that view. */
  readonly filters: readonly Filter[];
  /** What it costs, or why Cassandra does not serve it. */
  readonly note: string;
  readonly isHeavy: boolean;
  readonly isServed: boolean;
}

/** Cassandra serves no `!=` in SELECT. Others need a pattern or an element, which a cell's value is not. */
const BY_VALUE: readonly FilterOperator[] = ['=', 'IN', '<', '>', 'ANN OF'];
const LOWER: readonly FilterOperator[] = ['>', '>='];
const UPPER: readonly FilterOperator[] = ['<', '<='];
const SIMILAR_ROWS = 100;
/** A filter stands in the address, which browsers and servers hold to some thousands of characters. */
const LONGEST_VALUE = 1_000;
const LONGEST_LABEL = 60;

interface CellFiltersOptions {
  readonly column: string;
  readonly value: JsonValue;
  /** Operators that fit the column. */
  readonly fitting: readonly string[];
  /** The present ones. */
  readonly filters: readonly Filter[];
  readonly plan: (filters: readonly Filter[]) => ViewPlan | undefined;
}

/** The filters that a cell's value gives, with their cost as the planner says it; or the reason why it gives none. */
export function cellFilters(options: CellFiltersOptions): readonly CellFilter[] | string {
  const { column, value, fitting, filters, plan } = options;
  if (value === null) return 'Cassandra cannot filter by null';
  if (jsonText(value).length > LONGEST_VALUE) return 'the value is too long for an address';
  return BY_VALUE.filter((operator) => fitting.includes(operator)).flatMap((operator) => {
    const filter = filterWith(operator, column, value, filters);
    if (filter === undefined) return [];
    const next = [...othersThan(filter, filters), filter];
    const planned = plan(next);
    if (planned === undefined) return [];
    return { operator, label: labelOf(filter), filters: next, ...standing(planned) };
  });
}

/** IN adds to the value that is filtered by now; alone it would say what `=` says. */
function filterWith(
  operator: FilterOperator,
  column: string,
  value: JsonValue,
  filters: readonly Filter[],
): Filter | undefined {
  if (operator === 'ANN OF') return { column, operator, value, limit: SIMILAR_ROWS };
  if (operator !== 'IN') return { column, operator, value };
  const present = filters.find((one) => isPlainOf(column, one) && (one.operator === '=' || one.operator === 'IN'));
  if (present === undefined) return undefined;
  const values = present.operator === 'IN' && Array.isArray(present.value) ? present.value : [present.value];
  const isThere = values.some((one) => jsonText(one) === jsonText(value));
  return isThere ? undefined : { column, operator, value: [...values, value] };
}

/** A bound keeps the bound on the other side; anything else takes the place of all that the column had. */
function othersThan({ column, operator }: Filter, filters: readonly Filter[]): readonly Filter[] {
  if (operator === 'ANN OF') return filters.filter((one) => one.operator !== 'ANN OF');
  const kept = LOWER.includes(operator) ? UPPER : UPPER.includes(operator) ? LOWER : [];
  return filters.filter((one) => !isPlainOf(column, one) || kept.includes(one.operator));
}

/** About the column alone, as a whole. */
function isPlainOf(column: string, { column: of, tuple, key, operator }: Filter): boolean {
  return of === column && tuple === undefined && key === undefined && !operator.startsWith('TOKEN');
}

function standing({ problem, needsFiltering, costText }: ViewPlan): Pick<CellFilter, 'note' | 'isHeavy' | 'isServed'> {
  if (problem === null) return { note: costText.text, isHeavy: costText.weight === 'heavy', isServed: true };
  if (needsFiltering !== null) return { note: 'needs ALLOW FILTERING; asks first', isHeavy: true, isServed: true };
  return { note: problem, isHeavy: false, isServed: false };
}

function labelOf(filter: Filter): string {
  if (filter.operator === 'ANN OF') return `Rows most similar by ${filter.column}`;
  const text = filterText(filter);
  return text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL)}…` : text;
}
