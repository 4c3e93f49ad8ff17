import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SLOTS } from '@/lib/grid/scroll';
import { RowScroller } from './row-scroller';
import { ROW_PX } from './types';

const VIEW_PX = 20 * ROW_PX;
const TEN_MILLION = 10_000_000;

/** An element that scrolls as a browser's does: no further than its canvas is high. */
function scroll(rows: number) {
  const scroller = new RowScroller();
  const element = { scrollTop: 0 };
  scroller.attach(element);
  scroller.setRows(rows);
  const highest = Math.min(rows, MAX_SLOTS) * ROW_PX - VIEW_PX;
  const to = (top: number, scrolling = true) => {
    element.scrollTop = Math.min(Math.max(0, top), highest);
    scroller.follow(element.scrollTop, scrolling);
  };
  const topRow = () => element.scrollTop / ROW_PX + scroller.firstRow;
  return {
    scroller,
    element,
    to,
    by: (px: number) => to(element.scrollTop + px),
    rest: () => to(element.scrollTop, false),
    topRow,
    highest,
  };
}

describe('scrolling through more rows than the canvas has slots', () => {
  it('moves by small scrolls one to one, wherever it is', () => {
    const { to, by, topRow } = scroll(TEN_MILLION);
    to(MAX_SLOTS * ROW_PX * 0.6);
    const before = topRow();
    for (let step = 0; step < 200; step += 1) by(ROW_PX * 3);
    expect(topRow() - before).toBeCloseTo(600, 6);
  });

  it('takes back what small scrolls added up to when it comes to rest, without moving a row', () => {
    const { to, by, rest, topRow, element } = scroll(TEN_MILLION);
    to(MAX_SLOTS * ROW_PX * 0.6);
    for (let step = 0; step < 500; step += 1) by(1_000);
    const [row, top] = [topRow(), element.scrollTop];
    rest();
    expect(topRow()).toBeCloseTo(row, 6);
    expect(element.scrollTop).toBeLessThan(top);
  });

  it('reaches the last row by the scrollbar and by the keyboard', () => {
    const { to, scroller, topRow, highest } = scroll(TEN_MILLION);
    to(highest);
    expect(topRow()).toBe(TEN_MILLION - 20);
    scroller.reveal(0, VIEW_PX);
    expect(topRow()).toBe(0);
    scroller.reveal(TEN_MILLION - 1, VIEW_PX);
    expect(topRow()).toBe(TEN_MILLION - 20);
  });

  it('leaves a row that is in view where it is, and brings any other just into view', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(5_000, TEN_MILLION),
        fc.array(fc.nat(TEN_MILLION), { minLength: 1 }),
        (rows, targets) => {
          const { scroller, topRow } = scroll(rows);
          for (const target of targets.map((one) => one % rows)) {
            const before = topRow();
            scroller.reveal(target, VIEW_PX);
            const top = topRow();
            expect(top).toBeLessThanOrEqual(target);
            expect(top + 20).toBeGreaterThanOrEqual(target + 1);
            if (before <= target && target + 1 <= before + 20) expect(top).toBe(before);
          }
        },
      ),
    );
  });

  it('keeps the rows in view while more are read behind them', () => {
    const { scroller, to, topRow } = scroll(TEN_MILLION);
    to(MAX_SLOTS * ROW_PX * 0.5);
    const before = topRow();
    scroller.setRows(TEN_MILLION + 1_000_000);
    scroller.goHome();
    expect(topRow()).toBeCloseTo(before, 6);
  });

  it('knows the longest step until it comes to rest', () => {
    const { scroller, by, rest } = scroll(5_000);
    for (const px of [100, 900, 50]) by(px);
    expect(scroller.stridePx).toBe(900);
    rest();
    expect(scroller.stridePx).toBe(0);
    by(40);
    expect(scroller.stridePx).toBe(40);
    // What the grid scrolls itself is no step of a hand.
    scroller.reveal(4_000, VIEW_PX);
    expect(scroller.stridePx).toBe(40);
  });
});
