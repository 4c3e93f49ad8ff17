'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { resizeColumn } from '@/lib/grid/columns';
import type { RowRange } from '@/lib/grid/page-window';
import { type CellPlace, extendTo, type Selection, selectCell, selectedRange } from '@/lib/grid/selection';
import { cellId, gridAria, groupAria } from './aria';
import { GridHeader } from './grid-header';
import { handleGridKey } from './grid-keys';
import { GridRowLine } from './grid-row';
import type { ColumnPlace, GridColumn, GridRow } from './types';
import { useRowWindow } from './use-row-window';

const OVERSCAN_COLUMNS = 2;

export interface GridProps<Value> {
  label: string;
  columns: readonly GridColumn[];
  /** Rows that can be scrolled to. */
  rowCount: number;
  /** More rows exist, or may: the count is not the whole table's. */
  open: boolean;
  rowAt: (row: number) => GridRow<Value>;
  renderCell: (value: Value, column: number) => ReactNode;
  selection: Selection | null;
  onSelection: (selection: Selection) => void;
  /** The rows that are drawn now, the few beyond the edges included. */
  onView: (view: RowRange) => void;
  onInspect: () => void;
  onCopy: () => void;
  onBack: () => void;
  onHeader?: ((column: number) => void) | undefined;
}

/**
 * A grid of any number of rows and columns, of which only those in view are in the page. It knows places and widths;
 * what a cell shows is `renderCell`'s, which rows exist is `rowAt`'s. Mount it anew (`key`) for another result.
 */
export function Grid<Value>(props: GridProps<Value>) {
  const { label, columns, rowCount, rowAt, renderCell, selection, onSelection, onView } = props;
  const gridId = useId();
  const element = useRef<HTMLDivElement>(null);
  const { resize, places, totalPx } = useColumns(columns, element, selection?.active.column);
  const { places: rows, heightPx, reveal, viewRows } = useRowWindow(element, rowCount, onView);

  const active = selection?.active;
  const range = selection === null ? null : selectedRange(selection);
  const select = (next: Selection) => {
    onSelection(next);
    reveal(next.active.row);
  };
  const actions = { select, resize, inspect: props.onInspect, copy: props.onCopy, back: props.onBack };
  const keyboard = {
    onKeyDown: (event: KeyboardEvent) =>
      handleGridKey(event, selection, { rows: rowCount, columns: columns.length, viewRows: viewRows() }, actions),
  };
  const pointer = usePointer(selection, onSelection, props.onInspect);
  const activeDrawn =
    active !== undefined &&
    rows.some(({ row }) => row === active.row) &&
    places.some(({ index }) => index === active.column);
  const activeCell = activeDrawn ? cellId(gridId, active.row, active.column) : undefined;

  return (
    <div
      ref={element}
      {...gridAria(label, props.open ? null : rowCount, columns.length, activeCell)}
      {...keyboard}
      className="thin-scrollbar relative h-full w-full select-none overflow-auto overscroll-contain bg-surface [overflow-anchor:none]"
    >
      <GridHeader columns={columns} places={places} widthPx={totalPx} onResize={resize} onHeader={props.onHeader} />
      {rowCount > 0 && (
        <div
          {...groupAria}
          {...pointer}
          className="relative min-w-full font-mono"
          style={{ height: heightPx, width: totalPx }}
        >
          {rows.map(({ row, key, topPx }) => {
            const inRange = range !== null && row >= range.firstRow && row <= range.lastRow;
            return (
              <GridRowLine
                key={key}
                gridId={gridId}
                row={row}
                topPx={topPx}
                values={rowAt(row)}
                columns={columns}
                places={places}
                activeColumn={active?.row === row ? active.column : -1}
                selectedFrom={inRange ? range.firstColumn : -1}
                selectedTo={inRange ? range.lastColumn : -1}
                renderCell={renderCell}
              />
            );
          })}
        </div>
      )}
    </div>
  );
}

/** Widths, and the columns to draw for where the grid is scrolled sideways. A narrower grid keeps the active one in view. */
function useColumns(
  columns: readonly GridColumn[],
  element: React.RefObject<HTMLDivElement | null>,
  activeColumn: number | undefined,
) {
  const [widths, setWidths] = useState<readonly number[]>(() => columns.map(({ widthPx }) => widthPx));
  const virtualizer = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => element.current,
    estimateSize: (index) => widths[index] ?? 0,
    overscan: OVERSCAN_COLUMNS,
  });
  const resize = (column: number, deltaPx: number) => {
    setWidths((now) => resizeColumn(now, column, deltaPx));
  };
  const measured = useRef(widths);
  useLayoutEffect(() => {
    // The virtualizer keeps sizes until it is told that they have changed.
    if (measured.current !== widths) virtualizer.measure();
    measured.current = widths;
  }, [virtualizer, widths]);
  const viewPx = virtualizer.scrollRect?.width ?? 0;
  useEffect(() => {
    if (viewPx > 0 && activeColumn !== undefined) virtualizer.scrollToIndex(activeColumn, { align: 'auto' });
  }, [virtualizer, viewPx, activeColumn]);
  const items = virtualizer.getVirtualItems();
  const places = useMemo<readonly ColumnPlace[]>(
    () => items.map(({ index, start, size }) => ({ index, startPx: start, widthPx: size })),
    [items],
  );
  return {
    places,
    totalPx: virtualizer.getTotalSize(),
    resize,
  };
}

/** A press selects, with Shift or dragged it extends, twice it inspects. */
function usePointer(selection: Selection | null, onSelection: (selection: Selection) => void, onInspect: () => void) {
  const over = (event: PointerEvent) => {
    const cell = event.target instanceof Element ? placeOf(event.target) : null;
    if (cell === null) return;
    const held = event.type === 'pointerover';
    if (held && (event.buttons !== 1 || event.pointerType === 'touch')) return;
    if (event.button === 2) return;
    onSelection(held || event.shiftKey ? extendTo(selection, cell) : selectCell(cell));
  };
  return { onPointerDown: over, onPointerOver: over, onDoubleClick: onInspect };
}

function placeOf(target: Element): CellPlace | null {
  const cell = target.closest<HTMLElement>('[data-column]');
  if (cell === null) return null;
  return { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
}
