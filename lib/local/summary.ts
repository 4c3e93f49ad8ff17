import { type JsonValue, jsonText } from '@/lib/contract/json';
import { NATIVE } from '@/lib/cql/native-types';
import type { CqlType } from '@/lib/cql/types';
import type { PageRows } from '@/lib/grid/page-rows';
import { type Histogram, histogramOf } from './histogram';
import { sortSteps } from './sort-steps';
import { type KeyColumn, keyColumn } from './value-orders';

type Row = readonly JsonValue[];

/** A value and in how many rows it is. */
export interface CountedValue {
  readonly value: JsonValue;
  readonly count: number;
}

/** What one column holds, over the rows that were looked at. */
export interface ColumnSummary {
  readonly rows: number;
  readonly nulls: number;
  /** Different values, null not counted. */
  readonly distinct: number;
  /** The values in most rows, the most first; of as many, in the order in which they come. */
  readonly top: readonly CountedValue[];
  /** Null where there is no value, or values have no order. */
  readonly range: { readonly least: JsonValue; readonly most: JsonValue } | null;
  /** Null where values are no numbers. */
  readonly numbers: NumberSummary | null;
  /** How numbers and moments spread; null for other values. */
  readonly histogram: Histogram | null;
}

interface NumberSummary {
  /** Rounded: a double of about 15 digits. */
  readonly approximateMean: number;
  /** The value in the middle: of an even number of values the two around it, which may be one. Exact. */
  readonly median: readonly [JsonValue, JsonValue];
}

const TOP_VALUES = 10;
const ROWS_A_STEP = 200;

/** A column to sum up, by its place in a row. */
interface SummedColumn {
  readonly source: number;
  readonly type: CqlType | undefined;
}

/** Different values are held until a column is summed up: of wide results only so many columns at once. */
const MOST_VALUES = 400_000;

/** `columns` in groups that are summed up one after another, so that memory does not grow with their number. */
export function summaryGroups<Column>(columns: readonly Column[], rows: number): readonly (readonly Column[])[] {
  const size = Math.max(1, Math.floor(MOST_VALUES / Math.max(1, rows)));
  return Array.from({ length: Math.ceil(columns.length / size) }, (_, at) => columns.slice(at * size, (at + 1) * size));
}

/** The summaries of some columns, in their order, step by step: the rows are gone through once. */
export function* summarySteps(
  pages: readonly PageRows<Row>[],
  columns: readonly SummedColumn[],
): Generator<void, readonly ColumnSummary[], undefined> {
  const held = columns.map((column) => ({ column, nulls: 0, counts: new Map<string, HeldValue>() }));
  const rowsAStep = Math.ceil(ROWS_A_STEP / Math.max(1, columns.length));
  let rows = 0;
  for (const page of pages) {
    for (const row of page) {
      for (const one of held) {
        const value = row[one.column.source] ?? null;
        if (value === null) one.nulls += 1;
        else count(one.counts, value);
      }
      rows += 1;
      if (rows % rowsAStep === 0) yield;
    }
  }
  const summaries: ColumnSummary[] = [];
  for (const { column, nulls, counts } of held) {
    summaries.push(yield* summaryOf([...counts.values()], column.type, { rows, nulls }));
    counts.clear();
  }
  return summaries;
}

function* summaryOf(
  values: readonly CountedValue[],
  type: CqlType | undefined,
  { rows, nulls }: Pick<ColumnSummary, 'rows' | 'nulls'>,
): Generator<void, ColumnSummary, undefined> {
  const ordered = yield* inOrder(values, type);
  const [least, most] = [ordered?.at(0), ordered?.at(-1)];
  return {
    rows,
    nulls,
    distinct: values.length,
    top: yield* topOf(values),
    range: least === undefined || most === undefined ? null : { least: least.value, most: most.value },
    numbers: ordered === null || !isNumber(type) ? null : numbersOf(ordered),
    histogram: histogramOf(values, type),
  };
}

interface HeldValue {
  readonly value: JsonValue;
  count: number;
}

/** Different values of one type have different JSON. */
function count(counts: Map<string, HeldValue>, value: JsonValue): void {
  const text = typeof value === 'string' ? value : jsonText(value);
  const known = counts.get(text);
  if (known === undefined) counts.set(text, { value, count: 1 });
  else known.count += 1;
}

/** The different values from the least to the most; null where they have no order. */
function* inOrder(values: readonly CountedValue[], type: CqlType | undefined) {
  const keys: KeyColumn | null = keyColumn(type);
  if (keys === null) return null;
  for (const { value } of values) keys.add(value);
  const order = yield* sortSteps(values.length, (a, b) => keys.compare(a, b));
  return Array.from(order).flatMap((at) => values[at] ?? []);
}

function* topOf(values: readonly CountedValue[]) {
  const order = yield* sortSteps(values.length, (a, b) => (values[b]?.count ?? 0) - (values[a]?.count ?? 0));
  return Array.from(order.slice(0, TOP_VALUES)).flatMap((at) => values[at] ?? []);
}

function isNumber(type: CqlType | undefined): boolean {
  return type?.kind === 'native' && NATIVE[type.name].face === 'number';
}

/** Of values in order; null where there is none. No bytes at all are no number. */
function numbersOf(ordered: readonly CountedValue[]): NumberSummary | null {
  const numbers = ordered.filter(({ value }) => value !== '');
  const total = numbers.reduce((before, one) => before + one.count, 0);
  if (total === 0) return null;
  const sum = numbers.reduce((before, one) => before + Number(one.value) * one.count, 0);
  const [low, high] = [valueAt(numbers, Math.floor((total - 1) / 2)), valueAt(numbers, Math.floor(total / 2))];
  return { approximateMean: sum / total, median: [low, high] };
}

/** The value that comes `at` others, each as often as it was counted. */
function valueAt(ordered: readonly CountedValue[], at: number): JsonValue {
  let before = 0;
  for (const { value, count: times } of ordered) {
    before += times;
    if (before > at) return value;
  }
  return null;
}
