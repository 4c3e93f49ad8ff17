import { type JsonValue, jsonText } from '@/lib/contract/json';
import { NATIVE } from '@/lib/cql/native-types';
import type { CqlType } from '@/lib/cql/types';
import type { PageRows } from '@/lib/grid/page-rows';
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
}

interface NumberSummary {
  /** Rounded: a double of about 15 digits. */
  readonly approximateMean: number;
  /** The value in the middle: of an even number of values the two around it, which may be one. Exact. */
  readonly median: readonly [JsonValue, JsonValue];
}

const TOP_VALUES = 10;
const ROWS_A_STEP = 200;

/** The summary of the column at `source`, step by step. */
export function* summarySteps(
  pages: readonly PageRows<Row>[],
  source: number,
  type: CqlType | undefined,
): Generator<void, ColumnSummary, undefined> {
  const counts = new Map<string, { value: JsonValue; count: number }>();
  let [rows, nulls] = [0, 0];
  for (const page of pages) {
    for (const row of page) {
      const value = row[source] ?? null;
      if (value === null) nulls += 1;
      else count(counts, value);
      rows += 1;
      if (rows % ROWS_A_STEP === 0) yield;
    }
  }
  const values = [...counts.values()];
  const ordered = yield* inOrder(values, type);
  const [least, most] = [ordered?.at(0), ordered?.at(-1)];
  return {
    rows,
    nulls,
    distinct: values.length,
    top: yield* topOf(values),
    range: least === undefined || most === undefined ? null : { least: least.value, most: most.value },
    numbers: ordered === null || !isNumber(type) ? null : numbersOf(ordered),
  };
}

/** Different values of one type have different JSON. */
function count(counts: Map<string, { value: JsonValue; count: number }>, value: JsonValue): void {
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
