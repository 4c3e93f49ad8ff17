import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResultColumn } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import { parseCqlType } from '@/lib/cql/type-text';
import { CHART_LIMITS, type ChartData, type Combine, chartSteps, suggestedPlan } from './chart';

const typeOf = (text: string) => parseCqlType(text, () => []);
const column = (key: string, source: number, type: string, kind: ResultColumn['kind'] = 'regular') => ({
  key,
  source,
  type: typeOf(type),
  kind,
});

function chartOf(
  rows: readonly (readonly JsonValue[])[],
  types: readonly [string, ...string[]],
  combine: Combine = 'sum',
): ChartData {
  const [x, ...ys] = types.map((type, source) => column(`c${source}`, source, type));
  if (x === undefined) throw new Error('no x');
  const steps = chartSteps([rows.slice(0, 1), rows.slice(1)], { x, ys, combine });
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

describe('a chart over time', () => {
  it('has a point for each row, in the order of time, with every value as its exact text', () => {
    const rows = [
      ['2001-01-09T06:30:00.000Z', '9007199254740993', '1.50'],
      ['2001-01-09T06:10:00.000Z', '-5', null],
    ];
    expect(chartOf(rows, ['timestamp', 'bigint', 'decimal'])).toEqual({
      axis: 'time',
      xs: [Date.UTC(2001, 0, 9, 6, 10), Date.UTC(2001, 0, 9, 6, 30)],
      xTexts: ['2001-01-09T06:10:00.000Z', '2001-01-09T06:30:00.000Z'],
      series: [
        { key: 'c1', values: [-5, 9007199254740992], texts: ['-5', '9007199254740993'] },
        { key: 'c2', values: [null, 1.5], texts: [null, '1.50'] },
      ],
      ...{ rows: 2, withoutX: 0, beyond: 0, undrawn: 0, isCombined: false },
    });
  });

  it('counts what has no place, and keeps its text', () => {
    const data = chartOf(
      [
        ['2001-01-09', 'NaN'],
        ['2001-01-10', 1.5],
        [null, 2],
      ],
      ['date', 'double'],
    );
    expect(data).toMatchObject({ withoutX: 1, undrawn: 1, rows: 3 });
    expect(data.series[0]).toEqual({ key: 'c1', values: [null, 1.5], texts: ['NaN', '1.5'] });
    expect(chartOf([[1, '1E+400']], ['int', 'decimal']).series[0]).toMatchObject({ values: [null], texts: ['1E+400'] });
  });

  it('stops at its limit, and counts the rows beyond', () => {
    const rows = Array.from({ length: CHART_LIMITS.points + 3 }, (_, at) => [at, at]);
    const data = chartOf(rows, ['int', 'int']);
    expect([data.xs.length, data.beyond, data.rows]).toEqual([CHART_LIMITS.points, 3, CHART_LIMITS.points + 3]);
  });

  it('draws the rows that it is given, whatever they are', () => {
    const value = fc.oneof(fc.constant(null), fc.bigInt().map(String));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer(), value)), (rows) => {
        const { xs, series } = chartOf(rows, ['int', 'varint']);
        expect(xs).toEqual(rows.map(([x]) => x).toSorted((a, b) => a - b));
        const texts = rows.flatMap(([, y]) => y ?? []).toSorted();
        expect(series[0]?.texts.flatMap((text) => text ?? []).toSorted()).toEqual(texts);
      }),
    );
  });
});

describe('a chart of categories', () => {
  const rows = [
    ['SEA', '9007199254740993'],
    ['PDX', '1'],
    ['SEA', '2'],
    [null, '7'],
  ];

  it.each([
    ['sum', '9007199254740995'],
    ['mean', '≈ 4503599627370498'],
    ['least', '2'],
    ['greatest', '9007199254740993'],
  ] as const)('combines the rows of one by their %s, in the order in which they come', (combine, text) => {
    expect(chartOf(rows, ['text', 'bigint'], combine)).toMatchObject({
      axis: 'category',
      xs: [0, 1],
      xTexts: ['SEA', 'PDX'],
      series: [{ texts: [text, '1'] }],
      withoutX: 1,
      isCombined: true,
    });
  });

  it.each([
    ['decimal', ['0.1', '0.20', '1E+2'], '100.30'],
    ['double', [0.1, 0.2], `≈ ${0.1 + 0.2}`],
    ['decimal', ['1E-2000', '1'], '≈ 1'],
    ['varint', ['-3', '3'], '0'],
  ])('adds %s exactly, or says that it did not', (type, values, text) => {
    const data = chartOf(
      values.map((value) => ['a', value]),
      ['text', type],
    );
    expect(data.series[0]?.texts).toEqual([text]);
  });

  it('stops at its limit, and counts the categories beyond', () => {
    const many = Array.from({ length: CHART_LIMITS.categories + 2 }, (_, at) => [`c${at}`, at]);
    const data = chartOf([...many, ...many], ['text', 'int']);
    expect([data.xs.length, data.beyond]).toEqual([CHART_LIMITS.categories, 2]);
  });
});

describe('the chart at first', () => {
  const time = column('at', 0, 'timestamp');
  const name = column('name', 1, 'text');
  const id = column('id', 2, 'int', 'clustering');
  const size = column('size', 3, 'double');
  const day = column('day', 5, 'date', 'partition_key');
  const tags = column('tags', 4, 'set<text>');

  it.each([
    ['time before names, and no key where there is another number', [name, id, time, size], time, size],
    ['names before numbers', [id, name], name, id],
    ['two numbers', [id, size], id, size],
    ['a time of all rows of a partition last', [day, name, size], name, size],
    ['it where there is nothing else', [day, size], day, size],
  ])('is of %s', (_, columns, x, y) => {
    expect(suggestedPlan(columns)).toEqual({ x, ys: [y], combine: 'sum' });
  });

  it.each([
    ['no numbers', [time, name, tags]],
    ['one number alone', [size, tags]],
    ['nothing', []],
  ])('is nothing for %s', (_, columns) => {
    expect(suggestedPlan(columns)).toBeNull();
  });
});
