import { type RefObject, useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { RowElements } from '@/lib/grid/row-elements';
import { scrollScale } from '@/lib/grid/scroll';
import { RowScroller } from './row-scroller';
import { type GridRows, HEADER_PX, type Landing, ROW_PX } from './types';

/**
 * Rows drawn above and below the view: enough for a frame's worth of scrolling, far below a viewport. None while each
 * step of a scroll is longer than the view: they would be gone before anybody has seen them.
 */
const OVERSCAN_ROWS = 8;
const REST_MS = 150;
const AT_TOP: Landing = { id: 0, row: 0, end: false };

export interface RowSlot {
  readonly row: number;
  /** Names the element to draw it with: the one of a row that has left is given to one that comes. */
  readonly key: number;
  readonly topPx: number;
}

/** What of a grid's rows decides which are drawn. */
type ScrolledRows = Pick<GridRows<unknown>, 'count' | 'front' | 'landing' | 'onView'>;

/** The rows to draw for where `element` is scrolled to, in the order of their elements, and how to bring a row into view. */
export function useRowViewport(
  element: RefObject<HTMLElement | null>,
  { count: rowCount, front = 0, landing = AT_TOP, onView }: ScrolledRows,
): {
  places: readonly RowSlot[];
  heightPx: number;
  /** Where a row lies now, whether it is drawn or not. */
  topOf: (row: number) => number;
  reveal: (row: number) => void;
  viewRows: () => number;
} {
  const [scroller] = useState(() => new RowScroller());
  const [elements] = useState(() => new RowElements());
  const viewPx = useViewPx(element);
  scroller.setRows(rowCount, front);
  if (viewPx > 0) scroller.land(landing, viewPx);
  useScrolling(element, scroller, viewPx);
  useLayoutEffect(() => {
    scroller.attach(element.current);
    return () => scroller.attach(null);
  }, [scroller, element]);
  // After every change of height: what was put before the rows in view moves the scrollbar, not them.
  useLayoutEffect(() => scroller.apply());

  const { slots } = scrollScale(rowCount);
  const { first: firstSlot, last: lastSlot } = slotsIn(scroller, viewPx, slots);
  const drawn = Math.max(0, lastSlot + 1 - firstSlot);
  const first = drawn === 0 ? 0 : firstSlot + scroller.firstRow;
  const last = drawn === 0 ? 0 : lastSlot + scroller.firstRow;
  // By numbers that rows keep when others are put before them.
  const rows = Array.from({ length: drawn }, (_, index) => first + index - front);
  const places = elements.arrange(rows, scroller.stridePx === 0).map(({ row, key }): RowSlot => {
    return { row: row + front, key, topPx: (row + front - scroller.firstRow) * ROW_PX };
  });
  const top = scroller.topRow;
  useEffect(() => onView({ first, last, top }), [onView, first, last, top]);

  const heightOf = () => Math.max(ROW_PX, (element.current?.clientHeight ?? 0) - HEADER_PX);
  return {
    places,
    heightPx: slots * ROW_PX,
    topOf: (row) => (row - scroller.firstRow) * ROW_PX,
    reveal: (row) => scroller.reveal(row, heightOf()),
    viewRows: () => Math.max(1, Math.floor(heightOf() / ROW_PX) - 1),
  };
}

/** Slots to draw, both inclusive. */
function slotsIn({ topPx, stridePx }: RowScroller, viewPx: number, slots: number): { first: number; last: number } {
  if (viewPx === 0) return { first: 0, last: -1 };
  const overscan = stridePx < viewPx ? OVERSCAN_ROWS : 0;
  const first = Math.floor(topPx / ROW_PX) - overscan;
  const last = Math.ceil((topPx + viewPx) / ROW_PX) + overscan;
  return { first: Math.max(0, first), last: Math.min(slots - 1, last) };
}

/** Height of the rows' part of the view, in CSS pixels; 0 before it is known. */
function useViewPx(element: RefObject<HTMLElement | null>): number {
  const [viewPx, setViewPx] = useState(0);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const measure = () => setViewPx(Math.max(ROW_PX, current.clientHeight - HEADER_PX));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return viewPx;
}

/** Draws again, before the frame is painted, when other rows come into view. */
function useScrolling(element: RefObject<HTMLElement | null>, scroller: RowScroller, viewPx: number): void {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const view = useRef(viewPx);
  useLayoutEffect(() => {
    view.current = viewPx;
  }, [viewPx]);
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    let drawn = '';
    let rest: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      const { first, last } = slotsIn(scroller, view.current, Number.POSITIVE_INFINITY);
      const now = `${first} ${last} ${scroller.firstRow}`;
      if (now !== drawn) flushSync(redraw);
      drawn = now;
    };
    const onScroll = () => {
      scroller.follow(current.scrollTop, true);
      clearTimeout(rest);
      rest = setTimeout(onRest, REST_MS);
      draw();
    };
    const onRest = () => {
      scroller.follow(current.scrollTop, false);
      // The elements come into the order of their rows, too.
      drawn = '';
      draw();
    };
    current.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(rest);
      current.removeEventListener('scroll', onScroll);
    };
  }, [element, scroller]);
}
