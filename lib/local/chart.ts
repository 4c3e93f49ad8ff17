import type { ResultColumn } from '@/lib/contract/frames';
import { type JsonValue, jsonText } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import type { PageRows } from '@/lib/grid/page-rows';
import { valueText } from '@/lib/values/value-text';
import { type DrawnAs, drawnAs, drawnNumber } from './drawn-number';
import { compareDecimals, decimalKey } from './exact-numbers';
import { ExactSum } from './exact-sum';
import { sortSteps } from './sort-steps';

type Row = readonly JsonValue[];

/** The most that one picture shows; it says what it leaves out. */
export const CHART_LIMITS = { points: 20_000, categories: 100, series: 6 } as const;

const ROWS_A_STEP = 200;

/** A column that a chart can show. */
export interface ChartColumn {
  readonly key: string;
  /** Its place in a row. */
  readonly source: number;
  readonly type: CqlType | undefined;
}

/** What becomes of several rows with one category. */
export const COMBINES = ['sum', 'mean', 'least', 'greatest'] as const;
export type Combine = (typeof COMBINES)[number];

export interface ChartPlan {
  readonly x: ChartColumn;
  readonly ys: readonly ChartColumn[];
  readonly combine: Combine;
}

/** One line of a chart: what is drawn at each place of x, and the exact text of it; null where there is nothing. */
interface ChartSeries {
  readonly key: string;
  readonly values: readonly (number | null)[];
  readonly texts: readonly (string | null)[];
}

export interface ChartData {
  readonly axis: 'time' | 'number' | 'category';
  /** Places along x, in order: moments, numbers, or 0, 1, 2 … for categories. */
  readonly xs: readonly number[];
  readonly xTexts: readonly string[];
  readonly series: readonly ChartSeries[];
  /** Rows that were looked at. */
  readonly rows: number;
  /** Rows without a value of x that has a place. */
  readonly withoutX: number;
  /** Rows, or categories, beyond the limits. */
  readonly beyond: number;
  /** Values of y that have no place: NaN, infinity, beyond a double. Nulls are not counted. */
  readonly undrawn: number;
  /** Several rows have one category, and were combined. */
  readonly isCombined: boolean;
}

/** The chart of the rows in `pages`, step by step. */
export function* chartSteps(pages: readonly PageRows<Row>[], plan: ChartPlan): Generator<void, ChartData, undefined> {
  return drawnAs(plan.x.type) === 'category' ? yield* categorySteps(pages, plan) : yield* pointSteps(pages, plan);
}

/** Each row is a point: what they have at x decides their order. */
function* pointSteps(pages: readonly PageRows<Row>[], { x, ys }: ChartPlan): Generator<void, ChartData, undefined> {
  const kept: { readonly at: number; readonly row: Row }[] = [];
  let [rows, withoutX, beyond] = [0, 0, 0];
  for (const page of pages) {
    for (const row of page) {
      const at = drawnNumber(row[x.source] ?? null, x.type);
      if (at === null) withoutX += 1;
      else if (kept.length === CHART_LIMITS.points) beyond += 1;
      else kept.push({ at, row });
      rows += 1;
      if (rows % ROWS_A_STEP === 0) yield;
    }
  }
  const order = yield* sortSteps(kept.length, (a, b) => (kept[a]?.at ?? 0) - (kept[b]?.at ?? 0));
  const points = Array.from(order).flatMap((at) => kept[at] ?? []);
  const series = ys.map((column) => seriesOf(points, column));
  return {
    axis: drawnAs(x.type) === 'time' ? 'time' : 'number',
    xs: points.map(({ at }) => at),
    xTexts: points.map(({ row }) => valueText(row[x.source] ?? null, x.type)),
    series: series.map(({ undrawn: _, ...one }) => one),
    ...{ rows, withoutX, beyond, isCombined: false },
    undrawn: series.reduce((sum, { undrawn }) => sum + undrawn, 0),
  };
}

function seriesOf(points: readonly { readonly row: Row }[], { key, source, type }: ChartColumn) {
  const all = points.map(({ row }) => row[source] ?? null);
  const values = all.map((value) => drawnNumber(value, type));
  return {
    key,
    values,
    texts: all.map((value) => (value === null ? null : valueText(value, type))),
    undrawn: all.filter((value, at) => value !== null && values[at] === null).length,
  };
}

/** Each category is a place, in the order in which they come; rows with one category are combined. */
function* categorySteps(
  pages: readonly PageRows<Row>[],
  { x, ys, combine }: ChartPlan,
): Generator<void, ChartData, undefined> {
  const places = new Map<string, { readonly text: string; rows: number; readonly held: readonly Combined[] }>();
  const beyond = new Set<string>();
  let [rows, withoutX, undrawn] = [0, 0, 0];
  for (const page of pages) {
    for (const row of page) {
      rows += 1;
      if (rows % ROWS_A_STEP === 0) yield;
      const value = row[x.source] ?? null;
      if (value === null) {
        withoutX += 1;
        continue;
      }
      const key = jsonText(value);
      const known = places.get(key);
      if (known === undefined && places.size === CHART_LIMITS.categories) {
        // What is left out is counted no further than memory allows.
        if (beyond.size < CHART_LIMITS.points) beyond.add(key);
        continue;
      }
      const place = known ?? { text: valueText(value, x.type), rows: 0, held: ys.map((y) => new Combined(y.type)) };
      if (known === undefined) places.set(key, place);
      place.rows += 1;
      for (const [at, y] of ys.entries()) {
        if (place.held[at]?.add(row[y.source] ?? null) === false) undrawn += 1;
      }
    }
  }
  const all = [...places.values()];
  return {
    axis: 'category',
    xs: all.map((_, at) => at),
    xTexts: all.map(({ text }) => text),
    series: ys.map(({ key }, at) => {
      const found = all.map(({ held }) => held[at]?.result(combine) ?? NOTHING);
      return { key, values: found.map(({ drawn }) => drawn), texts: found.map(({ text }) => text) };
    }),
    ...{ rows, withoutX, undrawn, beyond: beyond.size },
    isCombined: all.some((place) => place.rows > 1),
  };
}

interface Drawn {
  readonly drawn: number | null;
  readonly text: string | null;
}

const NOTHING: Drawn = { drawn: null, text: null };

/** The numbers of one column in the rows of one category. */
class Combined {
  private readonly sum = new ExactSum();
  private count = 0;
  private least: Drawn = NOTHING;
  private greatest: Drawn = NOTHING;

  constructor(private readonly type: CqlType | undefined) {}

  /** False for a value that has no place in a picture. */
  add(value: JsonValue): boolean {
    if (value === null) return true;
    const number = drawnNumber(value, this.type);
    if (number === null) return false;
    const one: Drawn = { drawn: number, text: valueText(value, this.type) };
    this.sum.add(one.text ?? '', this.isFloat);
    this.count += 1;
    if (this.least === NOTHING || compareTexts(one, this.least) < 0) this.least = one;
    if (this.greatest === NOTHING || compareTexts(one, this.greatest) > 0) this.greatest = one;
    return true;
  }

  result(combine: Combine): Drawn {
    // One value is shown as it is, however it is combined.
    if (this.count < 2) return this.least;
    switch (combine) {
      case 'sum':
        return { drawn: this.sum.drawn, text: this.sum.text };
      case 'mean': {
        const mean = this.sum.drawn / this.count;
        return { drawn: mean, text: `≈ ${mean}` };
      }
      case 'least':
        return this.least;
      case 'greatest':
        return this.greatest;
      default:
        return combine satisfies never;
    }
  }

  private get isFloat(): boolean {
    return this.type?.kind === 'native' && (this.type.name === 'float' || this.type.name === 'double');
  }
}

/** By all their digits, where the double that is drawn does not tell them apart. */
function compareTexts(a: Drawn, b: Drawn): number {
  const [left, right] = [decimalKey(a.text ?? ''), decimalKey(b.text ?? '')];
  if (left !== undefined && right !== undefined) return compareDecimals(left, right);
  return (a.drawn ?? 0) - (b.drawn ?? 0);
}

/**
 * What a chart of these columns shows at first; null where none of them is a number. A partition key comes late: in one
 * partition all rows have the same.
 */
export function suggestedPlan(columns: readonly (ChartColumn & Pick<ResultColumn, 'kind'>)[]): ChartPlan | null {
  const find = (as: DrawnAs, among = columns) => among.find(({ type }) => drawnAs(type) === as);
  const inside = columns.filter(({ kind }) => kind !== 'partition_key');
  const numbers = columns.filter(({ type }) => drawnAs(type) === 'number');
  const x = find('time', inside) ?? find('category', inside) ?? find('time') ?? find('category') ?? numbers[0];
  const isKey = ({ kind }: Pick<ResultColumn, 'kind'>) => kind === 'partition_key' || kind === 'clustering';
  const y = numbers.find((one) => one !== x && !isKey(one)) ?? numbers.find((one) => one !== x);
  return x === undefined || y === undefined ? null : { x, ys: [y], combine: 'sum' };
}
