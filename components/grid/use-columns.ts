import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { stuckColumns } from '@/lib/grid/column-layout';
import { type ColumnPosition, type ColumnViewport, type GridColumn, GUTTER_PX } from './types';

/** One: each costs as much as any other column while rows scroll, and nearly all scrolling is of rows. */
const OVERSCAN_COLUMNS = 1;

/** The columns to draw for where the grid is scrolled sideways. The active one is kept in view, also in a narrower grid. */
export function useColumns(
  columns: readonly GridColumn[],
  element: RefObject<HTMLElement | null>,
  activeColumn: number | undefined,
): ColumnViewport {
  const [viewPx, setViewPx] = useState(0);
  const stuckCount = viewPx === 0 ? 0 : stuckColumns(columns, viewPx);
  const stuckPx = columns.slice(0, stuckCount).reduce((sum, { widthPx }) => sum + widthPx, 0);
  const virtualizer = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => element.current,
    estimateSize: (index) => columns[index]?.widthPx ?? 0,
    getItemKey: useCallback((index: number) => columns[index]?.key ?? index, [columns]),
    overscan: OVERSCAN_COLUMNS,
    paddingStart: GUTTER_PX,
    scrollPaddingStart: GUTTER_PX + stuckPx,
    rangeExtractor: useCallback((range: Range) => withStuck(range, stuckCount), [stuckCount]),
  });
  const measured = useRef(columns);
  useLayoutEffect(() => {
    // The virtualizer keeps sizes until it measures again.
    if (measured.current !== columns) virtualizer.measure();
    measured.current = columns;
  }, [virtualizer, columns]);
  const rectPx = virtualizer.scrollRect?.width ?? 0;
  useLayoutEffect(() => setViewPx(rectPx), [rectPx]);
  useEffect(() => {
    if (viewPx === 0 || activeColumn === undefined || activeColumn < stuckCount) return;
    virtualizer.scrollToIndex(activeColumn, { align: 'auto' });
  }, [virtualizer, viewPx, activeColumn, stuckCount]);

  const items = virtualizer.getVirtualItems();
  const totalPx = virtualizer.getTotalSize();
  return useMemo(() => {
    const places = items.map(({ index, start, size }): ColumnPosition => ({ index, startPx: start, widthPx: size }));
    const stuck = places.filter(({ index }) => index < stuckCount);
    return {
      stuck,
      stuckPx: GUTTER_PX + stuckPx,
      loose: places.filter(({ index }) => index >= stuckCount),
      totalPx,
      edge: totalPx > viewPx ? (stuck.at(-1)?.index ?? -1) : -1,
    };
  }, [items, totalPx, stuckCount, stuckPx, viewPx]);
}

function withStuck(range: Range, stuckCount: number): number[] {
  const stuck = Array.from({ length: Math.min(stuckCount, range.count) }, (_, index) => index);
  return [...stuck, ...defaultRangeExtractor(range).filter((index) => index >= stuckCount)];
}
