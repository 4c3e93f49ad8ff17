import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/contract/json';
import { parseCqlType } from '@/lib/cql/type-text';
import { type ColumnSummary, summaryGroups, summarySteps } from './summary';

function summaryOf(values: readonly JsonValue[], type: string): ColumnSummary {
  const pages = [values.slice(0, 2), values.slice(2)].map((page) => page.map((value) => ['other', value]));
  const column = { source: 1, type: parseCqlType(type, () => []) };
  const [summary] = summariesOf(pages, [column]);
  if (summary === undefined) throw new Error('no summary');
  return summary;
}

function summariesOf(...of: Parameters<typeof summarySteps>): readonly ColumnSummary[] {
  const steps = summarySteps(...of);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

describe('the summary of several columns', () => {
  it('is that of each of them', () => {
    const rows = [
      ['a', 1],
      ['b', null],
      ['a', 3],
    ];
    const columns = [
      { source: 1, type: parseCqlType('int', () => []) },
      { source: 0, type: parseCqlType('text', () => []) },
      { source: 2, type: undefined },
    ];
    const [numbers, names, nothing] = summariesOf([rows], columns);
    expect([numbers?.nulls, names?.nulls, nothing?.nulls]).toEqual([1, 0, 3]);
    expect([numbers?.range, names?.top[0]]).toEqual([
      { least: 1, most: 3 },
      { value: 'a', count: 2 },
    ]);
    expect(numbers?.histogram?.counts.filter((count) => count > 0)).toEqual([1, 1]);
  });

  it('holds the values of only so many columns at once', () => {
    const columns = Array.from({ length: 500 }, (_, at) => at);
    expect(summaryGroups(columns, 20_000).map(({ length }) => length)).toEqual(Array.from({ length: 25 }, () => 20));
    expect(summaryGroups(columns, 100_000).flat()).toEqual(columns);
    expect([summaryGroups(columns, 0).length, summaryGroups([], 9).length]).toEqual([1, 0]);
    expect(summaryGroups([1, 2], 9e9)).toEqual([[1], [2]]);
  });
});

describe('the summary of a column', () => {
  it('counts nulls, different values and the most frequent ones', () => {
    const summary = summaryOf(['b', null, 'a', 'b', '', null, 'c'], 'text');
    expect(summary).toEqual({
      rows: 7,
      nulls: 2,
      distinct: 4,
      top: [
        { value: 'b', count: 2 },
        { value: 'a', count: 1 },
        { value: '', count: 1 },
        { value: 'c', count: 1 },
      ],
      range: { least: '', most: 'c' },
      numbers: null,
      histogram: null,
    });
  });

  it('finds the ends and the middle of numbers of any size exactly', () => {
    const summary = summaryOf(['10', '9', '9007199254740993', '-5'], 'bigint');
    expect(summary.range).toEqual({ least: '-5', most: '9007199254740993' });
    expect(summary.numbers?.median).toEqual(['9', '10']);
    expect(summaryOf([1, 1, 7], 'int').numbers).toEqual({ approximateMean: 3, median: [1, 1] });
  });

  it('has no ends where values have no order, and none of nothing', () => {
    expect(summaryOf(['1h', '2h'], 'duration').range).toBeNull();
    expect(summaryOf([null, null], 'int')).toEqual({
      ...{ rows: 2, nulls: 2, distinct: 0, top: [], range: null, numbers: null, histogram: null },
    });
    expect(summaryOf([], 'int').rows).toBe(0);
  });

  it('tells 0 from -0, and keeps values without bytes out of the numbers', () => {
    expect(summaryOf([0, -0, ''], 'double')).toMatchObject({ distinct: 3, numbers: { approximateMean: 0 } });
  });

  it('agrees with what a person would count', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: -5, max: 5 })), { minLength: 1 }), (values) => {
        const summary = summaryOf(values, 'int');
        const present = values.filter((value) => value !== null).toSorted((a, b) => a - b);
        expect(summary.nulls).toBe(values.length - present.length);
        expect(summary.distinct).toBe(new Set(present).size);
        expect(summary.range).toEqual(present.length === 0 ? null : { least: present[0], most: present.at(-1) });
        expect(summary.numbers?.median).toEqual(
          present.length === 0
            ? undefined
            : [present[Math.floor((present.length - 1) / 2)], present[Math.floor(present.length / 2)]],
        );
        const counts = summary.top.map(({ count }) => count);
        expect(counts).toEqual(counts.toSorted((a, b) => b - a));
      }),
    );
  });
});
