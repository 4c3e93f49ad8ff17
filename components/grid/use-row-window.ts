import { observeElementOffset, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import type { RowRange } from '@/lib/grid/page-window';
import { scrollScale } from '@/lib/grid/scroll';
import { RowScroller } from './row-scroller';
import { HEADER_PX, ROW_PX } from './types';

/** Rows drawn above and below the view: enough for a frame's worth of scrolling, far below a viewport. */
const OVERSCAN_ROWS = 8;
const REST_MS = 150;

export interface RowPlace {
  readonly row: number;
  /** Names the element to draw it with: the one of a row that has left is given to one that comes. */
  readonly key: number;
  readonly topPx: number;
}

/** The rows to draw for where `element` is scrolled to, and how to bring a row into view. */
export function useRowWindow(
  element: RefObject<HTMLElement | null>,
  rowCount: number,
  onView: (view: RowRange) => void,
): { places: readonly RowPlace[]; heightPx: number; reveal: (row: number) => void; viewRows: () => number } {
  const [scroller] = useState(() => new RowScroller());
  const scale = scrollScale(rowCount);
  scroller.setRows(rowCount);

  const virtualizer = useVirtualizer({
    count: scale.slots,
    getScrollElement: () => element.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN_ROWS,
    isScrollingResetDelay: REST_MS,
    observeElementOffset: (instance, report) =>
      observeElementOffset(instance, (offset, scrolling) => {
        scroller.follow(offset, scrolling);
        report(offset, scrolling);
      }),
  });

  useLayoutEffect(() => {
    scroller.attach(element.current);
    return () => scroller.attach(null);
  }, [scroller, element]);

  const scrolling = virtualizer.isScrolling;
  useEffect(() => {
    // More rows move every row's home; while someone scrolls, that has to wait.
    if (!scrolling) scroller.settle(rowCount);
  }, [scroller, scrolling, rowCount]);

  // At least as many as are ever drawn at once, so that no two of them have one key.
  const elements = Math.ceil((virtualizer.scrollRect?.height ?? 0) / ROW_PX) + 2 * OVERSCAN_ROWS + 2;
  const places = virtualizer.getVirtualItems().map(({ index, start }) => {
    const row = index + scroller.firstRow;
    return { row, key: row % elements, topPx: start };
  });
  const first = places[0]?.row ?? 0;
  const last = places.at(-1)?.row ?? 0;
  useEffect(() => onView({ first, last }), [onView, first, last]);

  const viewPx = () => Math.max(ROW_PX, (element.current?.clientHeight ?? 0) - HEADER_PX);
  return {
    places,
    heightPx: scale.slots * ROW_PX,
    reveal: (row) => scroller.reveal(row, viewPx()),
    viewRows: () => Math.max(1, Math.floor(viewPx() / ROW_PX) - 1),
  };
}
