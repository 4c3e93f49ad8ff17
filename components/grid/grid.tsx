'use client';

import { type KeyboardEvent, type ReactNode, type Ref, useId, useImperativeHandle, useRef } from 'react';
import { clampColumnWidth } from '@/lib/grid/columns';
import type { RowView } from '@/lib/grid/page-window';
import { type Selection, selectAll, selectedRange } from '@/lib/grid/selection';
import { cellId, gridAria, groupAria } from './aria';
import { GridHeader } from './grid-header';
import { handleGridKey } from './grid-keys';
import { GridRowLine } from './grid-row';
import type { Landing } from './row-scroller';
import type { CellFace, CellLooks, ColumnActions, GridColumn, GridRow } from './types';
import { useCellPointer } from './use-cell-pointer';
import { useColumns } from './use-columns';
import { useRowHover } from './use-row-hover';
import { useRowWindow } from './use-row-window';

export interface GridProps<Value> {
  label: string;
  /** The columns that are shown, in their order, those that stay in view first. */
  columns: readonly GridColumn[];
  /** Rows that can be scrolled to. */
  rowCount: number;
  /** Rows that were put before what was row 0 at first; the view stays where it is when it grows. */
  front?: number | undefined;
  /** Where to scroll to when the rows are shown anew. */
  landing?: Landing | undefined;
  /** More rows exist, or may: the count is not the whole table's. */
  open: boolean;
  rowAt: (row: number) => GridRow<Value>;
  /** What a cell shows, by its value and which of the row's values that is. */
  faceOf: (value: Value, source: number) => CellFace;
  looks?: CellLooks | undefined;
  /** Columns of it are meant by where they are shown. */
  selection: Selection | null;
  onSelection: (selection: Selection) => void;
  /** The rows that are drawn now, the few beyond the edges included. */
  onView: (view: RowView) => void;
  columnActions: ColumnActions;
  /** What hangs below a column's header: its menu, when that is open. */
  attachment: (column: number) => ReactNode;
  onInspect: () => void;
  onCopy: () => void;
  onFind: () => void;
  onBack: () => void;
  /** Set while the grid is shown. */
  handle?: Ref<GridHandle> | undefined;
}

export interface GridHandle {
  /** Brings a row into view. */
  readonly reveal: (row: number) => void;
  /** Scrolls down by so many pixels, as a wheel does. */
  readonly scrollBy: (px: number) => void;
  readonly focus: () => void;
}

/**
 * A grid of any number of rows and columns, of which only those in view are in the page. It knows places and widths;
 * what a cell shows is `faceOf`'s, which rows exist is `rowAt`'s. Mount it anew (`key`) for another result.
 */
export function Grid<Value>(props: GridProps<Value>) {
  const { label, columns, rowCount, rowAt, selection, onSelection, onView } = props;
  const gridId = useId();
  const element = useRef<HTMLDivElement>(null);
  const active = selection?.active;
  const window = useColumns(columns, element, active?.column);
  const {
    places: rows,
    heightPx,
    reveal,
    viewRows,
  } = useRowWindow(element, { rowCount, front: props.front, landing: props.landing, onView });

  const scrollBy = (px: number) => element.current?.scrollBy(0, px);
  useImperativeHandle(props.handle, () => ({ reveal, scrollBy, focus: () => element.current?.focus() }));
  const range = selection === null ? null : selectedRange(selection);
  const columnActions = withinBounds(props.columnActions);
  const select = (next: Selection, into = true) => {
    onSelection(next);
    if (into) reveal(next.active.row);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // What hangs from a header has keys of its own.
    if (event.target !== event.currentTarget) return;
    const bounds = { rows: rowCount, columns: columns.length, viewRows: viewRows() };
    handleGridKey(event, selection, bounds, {
      select,
      menu: columnActions.menu,
      moveColumn: columnActions.move,
      resizeBy: (column, deltaPx) => columnActions.resize(column, (columns[column]?.widthPx ?? 0) + deltaPx),
      inspect: props.onInspect,
      copy: props.onCopy,
      find: props.onFind,
      back: props.onBack,
    });
  };
  const keyboard = { onKeyDown };
  const pointer = useCellPointer(element, {
    selection,
    columns: columns.length,
    onSelection,
    onInspect: props.onInspect,
  });
  const hover = useRowHover();
  const activeDrawn =
    active !== undefined &&
    rows.some(({ row }) => row === active.row) &&
    [...window.stuck, ...window.loose].some(({ index }) => index === active.column);
  const activeCell = activeDrawn ? cellId(gridId, active.row, active.column) : undefined;
  // What both parts of a row are drawn with.
  const lines = rows.map(({ row, key, topPx }) => {
    const inRange = range !== null && row >= range.firstRow && row <= range.lastRow;
    const line = {
      gridId,
      row,
      topPx,
      columns,
      edge: window.edge,
      values: rowAt(row),
      activeColumn: active?.row === row ? active.column : -1,
      selectedFrom: inRange ? range.firstColumn : -1,
      selectedTo: inRange ? range.lastColumn : -1,
      faceOf: props.faceOf,
      looks: props.looks,
    };
    return { key, line };
  });
  const onSelectAll = () => {
    const all = selectAll({ rows: rowCount, columns: columns.length });
    if (all !== null) onSelection(all);
  };

  return (
    <div
      ref={element}
      {...gridAria(label, props.open ? null : rowCount, columns.length, activeCell)}
      {...keyboard}
      className="thin-scrollbar relative h-full w-full select-none overflow-auto overscroll-contain bg-surface [overflow-anchor:none]"
    >
      <GridHeader
        columns={columns}
        window={window}
        actions={columnActions}
        attachment={props.attachment}
        onSelectAll={onSelectAll}
      />
      {rowCount > 0 && (
        <div
          {...groupAria}
          {...pointer}
          {...hover}
          className="relative min-w-full font-mono"
          style={{ height: heightPx, width: window.totalPx }}
        >
          {/* One box for all rows: were each row's own part sticky, the browser would make a layer of every one. */}
          <div role="presentation" className="sticky left-0 z-1 h-full w-0">
            {lines.map(({ key, line }) => (
              <GridRowLine key={key} {...line} places={window.stuck} headPx={window.stuckPx} />
            ))}
          </div>
          {lines.map(({ key, line }) => (
            <GridRowLine key={key} {...line} places={window.loose} />
          ))}
        </div>
      )}
    </div>
  );
}

function withinBounds(actions: ColumnActions): ColumnActions {
  return { ...actions, resize: (column, widthPx) => actions.resize(column, clampColumnWidth(widthPx)) };
}
