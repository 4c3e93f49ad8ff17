import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Anchor, markAt, pageOfRow } from './page-marks';
import { emptyWindow, missingPages, type PageWindow, rowAt, type WindowAction, windowReducer } from './page-window';

const START: Anchor = { kind: 'start' };
const cursor = (index: number): Anchor => ({ kind: 'cursor', cursor: `behind page ${index}` });
const LIMITS = { pages: 5, rows: 100, bytes: 10_000 };

/** Row `n` of the table is the number n. */
function pageRows(state: PageWindow<number>, rows: number): number[] {
  return Array.from({ length: rows }, (_, index) => state.marks.rowCount + index);
}

function append(state: PageWindow<number>, rows: number, index = state.marks.count): PageWindow<number> {
  return windowReducer(state, { type: 'append', rows: pageRows(state, rows), bytes: rows * 10, next: cursor(index) });
}

function read(sizes: readonly number[], limits = LIMITS): PageWindow<number> {
  return sizes.reduce((state, rows, index) => append(state, rows, index), emptyWindow<number>(START, limits));
}

describe('the window of pages', () => {
  it('knows every row that was read, and keeps those near the view', () => {
    const state = read(Array.from({ length: 20 }, () => 10));
    expect(state.marks.rowCount).toBe(200);
    expect([...state.loaded.keys()].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
    expect(rowAt(state, 49)).toBe(49);
    expect(rowAt(state, 50)).toBeUndefined();
    expect(rowAt(state, 200)).toBeUndefined();
  });

  it('remembers where each page begins, so that it can be read again', () => {
    const state = read([10, 0, 10, 10]);
    expect(markAt(state.marks, 0)?.anchor).toEqual(START);
    // The second page was empty: the third begins behind it and is the second to hold rows.
    expect(markAt(state.marks, 1)).toEqual({ firstRow: 10, rows: 10, bytes: 100, anchor: cursor(1) });
    expect(state.next).toEqual(cursor(3));
  });

  it('takes nothing more once there is no next page', () => {
    const whole = windowReducer(read([10]), { type: 'append', rows: [10], bytes: 10, next: null });
    expect(whole.next).toBeNull();
    expect(append(whole, 5)).toBe(whole);
  });

  it('puts a page back where it was and drops the farthest for it', () => {
    const far = windowReducer(read(Array.from({ length: 20 }, () => 10)), {
      type: 'view',
      view: { first: 150, last: 159 },
    });
    expect(missingPages(far, { first: 145, last: 165 })).toEqual([15, 14, 16]);
    const rows = Array.from({ length: 10 }, (_, index) => 150 + index);
    const back = windowReducer(far, { type: 'refill', page: 15, rows });
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

  it('holds its limits, its order and its rows whatever happens', () => {
    const action = fc.oneof(
      fc.record({ type: fc.constant('append' as const), rows: fc.nat({ max: 40 }) }),
      fc.record({ type: fc.constant('refill' as const), page: fc.nat({ max: 60 }) }),
      fc.record({ type: fc.constant('view' as const), first: fc.nat({ max: 1_500 }) }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        let state = emptyWindow<number>(START, LIMITS);
        for (const step of actions) {
          state = windowReducer(state, resolve(state, step));
          if (step.type === 'view') continue;
          check(state);
        }
      }),
    );
  });
});

type Step = { type: 'append'; rows: number } | { type: 'refill'; page: number } | { type: 'view'; first: number };

function resolve(state: PageWindow<number>, step: Step): WindowAction<number> {
  if (step.type === 'view') return { type: 'view', view: { first: step.first, last: step.first + 8 } };
  if (step.type === 'append') {
    return { type: 'append', rows: pageRows(state, step.rows), bytes: step.rows, next: cursor(state.marks.count) };
  }
  const mark = markAt(state.marks, step.page);
  const rows = Array.from({ length: mark?.rows ?? 0 }, (_, index) => (mark?.firstRow ?? 0) + index);
  return { type: 'refill', page: step.page, rows };
}

function check(state: PageWindow<number>): void {
  const loadedRows = [...state.loaded.values()].reduce((sum, rows) => sum + rows.length, 0);
  expect(state.loaded.size).toBeLessThanOrEqual(LIMITS.pages);
  expect(loadedRows).toBeLessThanOrEqual(LIMITS.rows);
  for (let row = 0; row < state.marks.rowCount; row += 7) {
    expect([row, undefined]).toContain(rowAt(state, row));
    const mark = markAt(state.marks, pageOfRow(state.marks, row));
    expect(mark && row >= mark.firstRow && row < mark.firstRow + mark.rows).toBe(true);
  }
  const { first, last } = state.view;
  for (const page of missingPages(state, { first, last })) expect(state.loaded.has(page)).toBe(false);
}
