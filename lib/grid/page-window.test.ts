import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Anchor, markAt, pageOfRow, shareOfRow } from './page-marks';
import {
  emptyWindow,
  missingPages,
  type NewPage,
  type PageWindow,
  rowAt,
  type WindowAction,
  windowReducer,
} from './page-window';

const START: Anchor = { kind: 'start' };
const ABOVE: Anchor = { kind: 'range', from: '-9', to: '0', cursor: null };
const cursor = (index: number): Anchor => ({ kind: 'cursor', cursor: `behind page ${index}` });
const LIMITS = { pages: 5, rows: 100, bytes: 10_000 };
const FACTS = { share: null, lead: 0 };

/** Row `n` of the table is the number n: those above the first that was read are below zero. */
function numbers(first: number, rows: number): number[] {
  return Array.from({ length: rows }, (_, index) => first + index);
}

function append(state: PageWindow<number>, rows: number, index = state.marks.endPage): PageWindow<number> {
  const kept = numbers(state.marks.endRow, rows);
  return windowReducer(state, {
    type: 'append',
    page: { ...FACTS, rows, bytes: rows * 10, kept },
    next: cursor(index),
  });
}

/** Pages of these sizes, in the order of their rows, above all others. */
function prepend(state: PageWindow<number>, sizes: readonly number[], lost = false): PageWindow<number> {
  let first = state.marks.firstRow - sizes.reduce((sum, rows) => sum + rows, 0);
  const pages = sizes.map((rows): NewPage<number> => {
    const kept = lost ? null : numbers(first, rows);
    first += rows;
    return { ...FACTS, rows, bytes: rows * 10, kept, anchor: ABOVE };
  });
  return windowReducer(state, { type: 'prepend', pages, prior: ABOVE });
}

function read(sizes: readonly number[], limits = LIMITS): PageWindow<number> {
  return sizes.reduce((state, rows, index) => append(state, rows, index), emptyWindow<number>(START, ABOVE, limits));
}

const loadedPages = (state: PageWindow<number>) => [...state.loaded.keys()].sort((a, b) => a - b);

describe('the window of pages', () => {
  it('knows every row that was read, and keeps those near the view', () => {
    const state = read(Array.from({ length: 20 }, () => 10));
    expect(state.marks.rowCount).toBe(200);
    expect(loadedPages(state)).toEqual([0, 1, 2, 3, 4]);
    expect(rowAt(state, 49)).toBe(49);
    expect(rowAt(state, 50)).toBeUndefined();
    expect(rowAt(state, 200)).toBeUndefined();
  });

  it('remembers where each page begins, so that it can be read again', () => {
    const state = read([10, 0, 10, 10]);
    expect(markAt(state.marks, 0)?.anchor).toEqual(START);
    // The second page was empty: the third begins behind it and is the second to hold rows.
    expect(markAt(state.marks, 1)).toEqual({ firstRow: 10, rows: 10, bytes: 100, anchor: cursor(1), ...FACTS });
    expect(state.next).toEqual(cursor(3));
  });

  it('takes nothing more where there is no next page, nor anything above the first', () => {
    const page = { ...FACTS, rows: 1, bytes: 10, kept: [10] };
    const whole = windowReducer(read([10]), { type: 'append', page, next: null });
    expect(whole.next).toBeNull();
    expect(append(whole, 5)).toBe(whole);
    const top = windowReducer(whole, { type: 'prepend', pages: [], prior: null });
    expect(prepend(top, [5])).toBe(top);
  });

  it('grows above without giving any row another number', () => {
    const state = prepend(prepend(read([10, 10]), [3, 4]), [5]);
    expect(state.marks).toMatchObject({ firstRow: -12, endRow: 20, rowCount: 32, firstPage: -3, endPage: 2 });
    expect(numbers(-12, 32).map((row) => rowAt(state, row))).toEqual(numbers(-12, 32));
    expect(pageOfRow(state.marks, -13)).toBeUndefined();
    expect(pageOfRow(state.marks, -7)).toBe(-2);
    expect(markAt(state.marks, -2)?.firstRow).toBe(-7);
  });

  it('knows the place of a page whose rows it was not given', () => {
    const state = prepend(read([10]), [8, 8], true);
    expect(state.marks.rowCount).toBe(26);
    expect(rowAt(state, -1)).toBeUndefined();
    expect(missingPages(state, { first: -4, last: 4 })).toEqual([-1]);
    expect(rowAt(windowReducer(state, { type: 'refill', page: -1, rows: numbers(-8, 8) }), -1)).toBe(-1);
  });

  it('puts a page back where it was and drops the farthest for it', () => {
    const far = windowReducer(read(Array.from({ length: 20 }, () => 10)), {
      type: 'view',
      view: { first: 150, last: 159 },
    });
    expect(missingPages(far, { first: 145, last: 165 })).toEqual([15, 14, 16]);
    expect(missingPages(far, { first: 200, last: 220 })).toEqual([]);
    const back = windowReducer(far, { type: 'refill', page: 15, rows: numbers(150, 10) });
    expect(rowAt(back, 150)).toBe(150);
    expect(back.loaded.size).toBe(5);
    expect(rowAt(back, 0)).toBeUndefined();
    expect(back.changed).toBe(false);
  });

  it('says so when a page read again has other rows, and moves no row for it', () => {
    const state = windowReducer(read([10, 10]), { type: 'refill', page: 0, rows: [0, 1, 2] });
    expect(state.changed).toBe(true);
    expect(rowAt(state, 2)).toBe(2);
    expect(rowAt(state, 3)).toBeNull();
    expect(rowAt(state, 10)).toBe(10);
  });

  it('keeps what is in view even when it alone is over the limits', () => {
    const state = read([1_000, 1_000], { pages: 5, rows: 100, bytes: 10 });
    expect(rowAt(state, 999)).toBe(999);
    expect(rowAt(state, 1_000)).toBeUndefined();
  });

  it('tells where on the ring a row lies, by its place in its page', () => {
    const page = { rows: 10, bytes: 10, kept: numbers(0, 10), share: [0.5, 0.6] as const, lead: 0 };
    const state = windowReducer(emptyWindow<number>(START), { type: 'append', page, next: null });
    expect(shareOfRow(state.marks, 0)).toBe(0.5);
    expect(shareOfRow(state.marks, 5)).toBeCloseTo(0.55, 12);
    expect(shareOfRow(state.marks, 10)).toBeNull();
  });

  it('holds its limits, its order and its rows whatever is put below or above, let go and read again', () => {
    const sizes = fc.array(fc.nat({ max: 40 }), { maxLength: 4 });
    const action = fc.oneof(
      fc.record({ type: fc.constant('append' as const), rows: fc.nat({ max: 40 }) }),
      fc.record({ type: fc.constant('prepend' as const), sizes, lost: fc.boolean() }),
      fc.record({ type: fc.constant('refill' as const), page: fc.integer({ min: -60, max: 60 }) }),
      fc.record({ type: fc.constant('view' as const), first: fc.integer({ min: -1_500, max: 1_500 }) }),
      // Another place: the window begins anew.
      fc.record({ type: fc.constant('jump' as const) }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        let state = emptyWindow<number>(START, ABOVE, LIMITS);
        for (const step of actions) {
          state = step.type === 'jump' ? emptyWindow<number>(START, ABOVE, LIMITS) : play(state, step);
          if (step.type !== 'view') check(state);
        }
      }),
    );
  });
});

type Step =
  | { type: 'append'; rows: number }
  | { type: 'prepend'; sizes: number[]; lost: boolean }
  | { type: 'refill'; page: number }
  | { type: 'view'; first: number };

function play(state: PageWindow<number>, step: Step): PageWindow<number> {
  switch (step.type) {
    case 'append':
      return append(state, step.rows);
    case 'prepend':
      return prepend(state, step.sizes, step.lost);
    case 'view':
      return windowReducer(state, { type: 'view', view: { first: step.first, last: step.first + 8 } });
    case 'refill': {
      const mark = markAt(state.marks, step.page);
      const action: WindowAction<number> = {
        type: 'refill',
        page: step.page,
        rows: numbers(mark?.firstRow ?? 0, mark?.rows ?? 0),
      };
      return windowReducer(state, action);
    }
    default:
      return step satisfies never;
  }
}

function check(state: PageWindow<number>): void {
  const { marks, loaded, view } = state;
  const loadedRows = [...loaded.values()].reduce((sum, rows) => sum + rows.length, 0);
  // What is in view stays, whatever its size.
  expect(loaded.size).toBeLessThanOrEqual(LIMITS.pages + 8);
  expect(loadedRows).toBeLessThanOrEqual(LIMITS.rows + 80);
  expect(marks.rowCount).toBe(marks.endRow - marks.firstRow);
  for (let row = marks.firstRow; row < marks.endRow; row += 7) {
    expect([row, undefined]).toContain(rowAt(state, row));
    const mark = markAt(marks, pageOfRow(marks, row) ?? Number.NaN);
    expect(mark && row >= mark.firstRow && row < mark.firstRow + mark.rows).toBe(true);
  }
  let next = marks.firstRow;
  for (let page = marks.firstPage; page < marks.endPage; page += 1) {
    const mark = markAt(marks, page);
    expect(mark?.firstRow).toBe(next);
    next += mark?.rows ?? 0;
  }
  expect(next).toBe(marks.endRow);
  for (const page of missingPages(state, view)) expect(loaded.has(page)).toBe(false);
}
