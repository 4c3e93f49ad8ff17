import { describe, expect, it } from 'vitest';
import type { Row } from '@/lib/client/stream-events';
import { emptyWindow, type PageWindow, rowAt, windowReducer } from '@/lib/grid/page-window';
import { NOT_READ, type ReadState } from './read-state';
import { type ResultState, ResultStore } from './result-state';
import { holdsAll, pagesInOrder, tooLarge, WHOLE_LIMITS, windowOf } from './whole';
import { wholenessOf } from './wholeness';

const MEBIBYTE = 1024 * 1024;

/** A window that was read to its end: pages of so many rows, each of so many bytes. */
function windowWith(
  pages: readonly number[],
  { bytes = 1, limits = WHOLE_LIMITS, isEnd = true } = {},
): PageWindow<Row> {
  let window = emptyWindow<Row>({ kind: 'start' }, null, limits);
  for (const [at, rows] of pages.entries()) {
    const kept = Array.from({ length: rows }, (_, row): Row => [at, row]);
    const page = { rows, bytes, share: null, lead: null, kept };
    const next = isEnd && at === pages.length - 1 ? null : { kind: 'cursor' as const, cursor: String(at) };
    window = windowReducer(window, { type: 'append', page, next });
  }
  return window;
}

function stateOf(
  window: PageWindow<Row>,
  reading: Partial<ReadState> = {},
  more: Partial<ResultState> = {},
): ResultState {
  return { ...new ResultStore(window).get(), reading: { ...NOT_READ, ...reading }, ...more };
}

describe('all rows of a result', () => {
  it('are held when nothing is left to be read and no page has left memory', () => {
    expect(holdsAll({ window: windowWith([3, 2]) })).toBe(true);
    expect(holdsAll({ window: windowWith([3, 2], { isEnd: false }) })).toBe(false);
    const few = { pages: 1, rows: 100, bytes: MEBIBYTE };
    expect(holdsAll({ window: windowWith([100, 100, 100], { limits: few }) })).toBe(false);
    expect(holdsAll({ window: emptyWindow<Row>(null) })).toBe(true);
  });

  it('are too many by rows, by bytes, or by an estimate that leaves no doubt', () => {
    const sampled = (rows: number, share: number): ReadState => ({
      ...NOT_READ,
      phase: 'paused',
      sample: { rows, share },
    });
    expect(tooLarge({ window: windowWith([100_000]) }, NOT_READ)).toBeNull();
    expect(tooLarge({ window: windowWith([100_000, 1]) }, NOT_READ)).toBe('too_many_rows');
    expect(tooLarge({ window: windowWith([1, 1], { bytes: 32 * MEBIBYTE }) }, NOT_READ)).toBeNull();
    expect(tooLarge({ window: windowWith([1, 1], { bytes: 33 * MEBIBYTE }) }, NOT_READ)).toBe('too_many_bytes');
    expect(tooLarge({ window: windowWith([10]) }, sampled(2_000, 0.011))).toBeNull();
    expect(tooLarge({ window: windowWith([10]) }, sampled(2_000, 0.009))).toBe('too_many_rows');
    // Too little was read for an estimate.
    expect(tooLarge({ window: windowWith([10]) }, sampled(1_000, 0.001))).toBeNull();
  });

  it('leave memory down to the usual bound when that is set again', () => {
    const window = windowWith([100, 100, 100]);
    const limited = windowReducer(window, { type: 'limit', limits: { pages: 2, rows: 1_000, bytes: MEBIBYTE } });
    expect([...limited.loaded.keys()]).toEqual([0, 1]);
    expect(limited.marks).toBe(window.marks);
  });

  it('come in the order of the result, and stand in a window of their own in any other', () => {
    const window = windowWith([2, 1]);
    expect(pagesInOrder({ ...window, loaded: new Map([...window.loaded].toReversed()) })).toEqual([
      [
        [0, 0],
        [0, 1],
      ],
      [[1, 0]],
    ]);
    const rows: Row[] = [['b'], ['a']];
    const arranged = windowOf(rows);
    expect([rowAt(arranged, 0), rowAt(arranged, 1), rowAt(arranged, 2)]).toEqual([['b'], ['a'], undefined]);
    expect(windowOf([]).marks.rowCount).toBe(0);
  });
});

describe('what sorting here would take', () => {
  it.each([
    [
      'nothing, where all rows are in memory',
      stateOf(windowWith([5]), { phase: 'complete' }),
      { kind: 'whole', rows: 5 },
    ],
    [
      'nothing, where they are arranged',
      stateOf(windowWith([2]), { phase: 'complete', total: 5 }, { whole: 'whole' }),
      { kind: 'whole', rows: 5 },
    ],
    [
      'reading, while more exist',
      stateOf(windowWith([5], { isEnd: false }), { phase: 'paused' }),
      { kind: 'readable', rows: 5 },
    ],
    [
      'reading, where pages have left memory',
      stateOf(windowWith([5, 50_000], { limits: { pages: 1, rows: 9, bytes: 9 } }), { phase: 'complete' }),
      { kind: 'readable', rows: 50_005 },
    ],
    [
      'more than is kept',
      stateOf(windowWith([5]), {}, { whole: 'too_many_bytes' }),
      { kind: 'refused', why: 'too_many_bytes' },
    ],
  ] as const)('%s', (_, state, wanted) => {
    expect(wholenessOf(state, true)).toEqual(wanted);
  });

  it('cannot be had of a statement that runs once and has more rows', () => {
    const paused = stateOf(windowWith([5], { isEnd: false }), { phase: 'paused' });
    expect(wholenessOf(paused, false)).toEqual({ kind: 'refused', why: 'once' });
    expect(wholenessOf(stateOf(windowWith([5]), { phase: 'complete' }), false)).toEqual({ kind: 'whole', rows: 5 });
  });
});
