import { describe, expect, it } from 'vitest';
import type { ChartData } from '@/lib/local/chart';
import { limitWords, placeWords } from './chart-words';

const DATA: ChartData = {
  axis: 'time',
  xs: [0, 1],
  xTexts: ['06:10', '06:30'],
  series: [{ key: 'delay', values: [-4, null], texts: ['-4', null] }],
  ...{ rows: 2, withoutX: 0, beyond: 0, undrawn: 0, isCombined: false },
};

describe('a chart says', () => {
  it('the exact values at a place', () => {
    expect([null, 0, 1, 2].map((place) => placeWords(DATA, place))).toEqual([
      '',
      '06:10 · delay -4',
      '06:30 · delay null',
      '',
    ]);
  });

  it.each([
    [{}, []],
    [
      { beyond: 3, withoutX: 1, undrawn: 2 },
      [
        'Only the first 20,000 rows are drawn: 3 more are not.',
        '1 row without at is left out.',
        '2 values cannot be drawn: NaN, infinity, or beyond a double.',
      ],
    ],
    [
      { axis: 'category', isCombined: true, beyond: 1_200 },
      ['Rows with the same at are shown as their sum.', 'Only the first 100 values are drawn: 1,200 more are not.'],
    ],
  ] as const)('what it leaves out: %o', (change, words) => {
    expect(limitWords({ ...DATA, ...change }, 'at', 'sum')).toEqual(words);
  });
});
