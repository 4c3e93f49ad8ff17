import type { JsonValue } from '@/lib/contract/json';
import type { PageRows } from '@/lib/grid/page-rows';
import { ArrangedRows } from './arranged-rows';
import type { LocalView, SortKey } from './local-view';
import { type LocalColumn, quickFilter } from './quick-filter';
import { sortSteps } from './sort-steps';
import { type KeyColumn, keyColumn } from './value-orders';

type Row = readonly JsonValue[];

/** Rows between two chances for others to work. */
const ROWS_A_STEP = 200;

/** Why rows cannot be sorted so, in a person's words; null when they can. */
export function sortProblem(sort: readonly SortKey[], columns: readonly LocalColumn[]): string | null {
  for (const { column } of sort) {
    const found = columns.find(({ key }) => key === column);
    if (found === undefined) return `this view has no column ${column}`;
    if (keyColumn(found.type) === null) return `values of ${column} have no order`;
  }
  return null;
}

/**
 * The rows of `pages` that the view lets through, in its order, step by step. Rows that compare as equal stay in the
 * order in which they were read.
 */
export function* arrangeSteps(
  pages: readonly PageRows<Row>[],
  columns: readonly LocalColumn[],
  { sort, quick }: LocalView,
): Generator<void, ArrangedRows<Row>, undefined> {
  const passes = quickFilter(quick, columns);
  const keys = sort.flatMap((key) => keysFor(key, columns));
  const places: number[] = [];
  let row = 0;
  for (const page of pages) {
    for (const values of page) {
      if (passes(values)) {
        places.push(row);
        for (const { source, held } of keys) held.add(values[source] ?? null);
      }
      row += 1;
      if (row % ROWS_A_STEP === 0) yield;
    }
  }
  if (keys.length === 0) return new ArrangedRows(pages, Uint32Array.from(places));
  const order = yield* sortSteps(places.length, compareBy(keys.map(({ held }) => held)));
  return new ArrangedRows(
    pages,
    order.map((at) => places[at] ?? 0),
  );
}

function keysFor({ column, descending }: SortKey, columns: readonly LocalColumn[]) {
  const found = columns.find(({ key }) => key === column);
  const held = keyColumn(found?.type, descending);
  return found === undefined || held === null ? [] : [{ source: found.source, held }];
}

function compareBy(keys: readonly KeyColumn[]): (a: number, b: number) => number {
  const [first] = keys;
  if (keys.length === 1 && first !== undefined) return (a, b) => first.compare(a, b);
  return (a, b) => {
    for (const key of keys) {
      const found = key.compare(a, b);
      if (found !== 0) return found;
    }
    return 0;
  };
}
