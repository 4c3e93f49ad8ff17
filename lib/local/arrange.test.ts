import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/contract/json';
import { parseCqlType } from '@/lib/cql/type-text';
import { arrangeSteps, sortProblem } from './arrange';
import { AS_READ, type LocalView, sortedBy, sortText, thenSortedBy } from './local-view';
import { type LocalColumn, quickFor } from './quick-filter';
import { sortSteps } from './sort-steps';

function column(key: string, source: number, type: string, isShown = true): LocalColumn {
  return { key, source, type: parseCqlType(type, () => []), isShown };
}

const COLUMNS = [column('dest', 0, 'text'), column('delay', 1, 'int'), column('note', 2, 'text', false)];
const PAGES: JsonValue[][][] = [
  [
    ['PDX', 5, 'one'],
    ['SFO', null, 'two'],
  ],
  [],
  [
    ['PDX', -3, 'three'],
    ['SEA', 5, 'four'],
    ['', 12, 'five'],
  ],
];

function arranged(view: Partial<LocalView>): JsonValue[] {
  const steps = arrangeSteps(PAGES, COLUMNS, { ...AS_READ, ...view });
  let step = steps.next();
  while (!step.done) step = steps.next();
  const rows = step.value;
  expect(Array.from({ length: rows.length }, (_, at) => rows.at(at))).toEqual([...rows]);
  expect([...rows.toReversed().toReversed().slice(0, rows.length)]).toEqual([...rows]);
  return [...rows].map((row) => row[2] ?? null);
}

describe('rows arranged on the page', () => {
  it('are sorted by a column, equal ones as they were read, null last', () => {
    expect(arranged({ sort: [{ column: 'delay', descending: false }] })).toEqual([
      'three',
      'one',
      'four',
      'five',
      'two',
    ]);
    expect(arranged({ sort: [{ column: 'delay', descending: true }] })).toEqual([
      'five',
      'one',
      'four',
      'three',
      'two',
    ]);
  });

  it('are sorted by further columns where the first ones are equal', () => {
    const sort = [
      { column: 'dest', descending: true },
      { column: 'delay', descending: false },
    ];
    expect(arranged({ sort })).toEqual(['two', 'four', 'three', 'one', 'five']);
  });

  it('are filtered and sorted together', () => {
    expect(arranged({ quick: 'pdx', sort: [{ column: 'delay', descending: false }] })).toEqual(['three', 'one']);
    expect(arranged({})).toEqual(['one', 'two', 'three', 'four', 'five']);
  });

  it('cannot be sorted by a column that is not there or has no order', () => {
    const by = (name: string) => [{ column: name, descending: false }];
    expect(sortProblem(by('delay'), COLUMNS)).toBeNull();
    expect(sortProblem(by('gone'), COLUMNS)).toBe('this view has no column gone');
    expect(sortProblem(by('took'), [column('took', 0, 'duration')])).toBe('values of took have no order');
  });
});

describe('the quick filter', () => {
  it.each([
    ['S', ['two', 'four']],
    ['12', ['five']],
    // Hidden columns are not looked through, unless they are named.
    ['three', []],
    ['note:THREE', ['three']],
    ['delay:5', ['one', 'four']],
    ['delay=5', ['one', 'four']],
    ['delay=null', ['two']],
    ['dest=""', ['five']],
    ['dest=pdx', []],
    ['dest=PDX', ['one', 'three']],
    // No column has this name: it is text like any other.
    ['gone:PDX', []],
  ])('%s', (quick, wanted) => {
    expect(arranged({ quick })).toEqual(wanted);
  });

  it('for a value finds exactly the rows that have it', () => {
    const [dest, delay] = COLUMNS;
    if (dest === undefined || delay === undefined) throw new Error('no columns');
    expect(arranged({ quick: quickFor(dest, 'PDX') })).toEqual(['one', 'three']);
    expect(arranged({ quick: quickFor(delay, -3) })).toEqual(['three']);
    expect(arranged({ quick: quickFor(delay, null) })).toEqual(['two']);
  });

  it('takes the longest of the names that a text may begin with', () => {
    const columns = [column('a', 0, 'text'), column('a:b', 1, 'text')];
    const steps = arrangeSteps(
      [
        [
          ['b:x', 'y'],
          ['n', 'x'],
        ],
      ],
      columns,
      { sort: [], quick: 'a:b:x' },
    );
    let step = steps.next();
    while (!step.done) step = steps.next();
    expect([...step.value]).toEqual([['n', 'x']]);
  });
});

describe('a sort in steps', () => {
  it('is a stable sort, and lets others work', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (numbers) => {
        const steps = sortSteps(numbers.length, (a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0));
        let step = steps.next();
        while (!step.done) step = steps.next();
        const wanted = numbers.map((_, at) => at).toSorted((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0) || a - b);
        expect(Array.from(step.value)).toEqual(wanted);
      }),
    );
    const steps = sortSteps(10_000, (a, b) => b - a);
    expect(steps.next().done).toBe(false);
  });
});

describe('sort keys', () => {
  it('are replaced, or added after those that are there', () => {
    const one = sortedBy(AS_READ, { column: 'delay', descending: true });
    const two = thenSortedBy(one, { column: 'dest', descending: false });
    expect(sortText(two.sort)).toBe('delay, descending, then dest');
    expect(thenSortedBy(two, { column: 'delay', descending: false }).sort.map((key) => key.column)).toEqual([
      'dest',
      'delay',
    ]);
    expect(sortedBy(two, { column: 'note', descending: false }).sort).toHaveLength(1);
  });
});
