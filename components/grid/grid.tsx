'use client';

import { type PointerEvent, type ReactNode, type Ref, type RefObject, useId, useImperativeHandle, useRef } from 'react';
import { clampColumnWidth } from '@/lib/grid/columns';
import { type GridBounds, type Selection, selectAll } from '@/lib/grid/selection';
import { cellId, gridAria } from './aria';
import { GridBody } from './grid-body';
import { GridHeader } from './grid-header';
import type {
  CellOverlay,
  ColumnActions,
  ColumnViewport,
  GridCells,
  GridColumn,
  GridCommands,
  GridHandle,
  GridRows,
  GridSelection,
} from './types';
import { useCellMenu } from './use-cell-menu';
import { useCellPointer } from './use-cell-pointer';
import { useColumns } from './use-columns';
import { useGridKeys } from './use-grid-keys';
import { useHeaderPlace } from './use-header-place';
import { type RowSlot, useRowViewport } from './use-row-viewport';

export interface GridProps<Value> {
  label: string;
  /** The columns that are shown, in their order, those that stay in view first. */
  columns: readonly GridColumn[];
  columnActions: ColumnActions;
  /** What is attached below a column's header: its menu, when that is open. */
  attachment: (column: number) => ReactNode;
  rows: GridRows<Value>;
  cells: GridCells<Value>;
  selection: GridSelection;
  commands: GridCommands;
  overlay?: CellOverlay | undefined;
  /** Set while the grid is shown. */
  handle?: Ref<GridHandle> | undefined;
}

/**
 * A grid of any number of rows and columns, of which only those in view are in the page. It knows places and widths;
 * what a cell shows is up to `cells`, which rows exist is up to `rows`. Give it another `key` for another result.
 */
export function Grid<Value>(props: GridProps<Value>) {
  const { columns, rows, commands } = props;
  const gridId = useId();
  const { head, selection } = useHeaderPlace(gridId, props.selection, columns.length);
  const element = useRef<HTMLDivElement>(null);
  const active = selection.now?.active;
  const window = useColumns(columns, element, head.at ?? active?.column);
  const { places, heightPx, topOf, reveal, viewRows } = useRowViewport(element, rows);

  useGridHandle(props.handle, element, reveal);
  const columnActions = withinBounds(props.columnActions);
  const bounds = { rows: rows.count, columns: columns.length };
  const activeCell = active && isDrawn(active, places, window) ? cellId(gridId, active.row, active.column) : undefined;
  const cellMenu = () => active && openCellMenu(active, activeCell, commands, reveal);
  const keys = useGridKeys({ bounds, viewRows, columns, columnActions, selection, head, commands, cellMenu, reveal });
  const pointer = usePointer(element, columns.length, selection, commands);

  return (
    <div
      ref={element}
      {...gridAria(props.label, rows.open ? null : rows.count, columns.length, head.id ?? activeCell)}
      {...keys}
      className="thin-scrollbar relative h-full w-full select-none overflow-auto overscroll-contain bg-surface [overflow-anchor:none]"
    >
      <GridHeader
        gridId={gridId}
        columns={columns}
        window={window}
        active={head.at}
        actions={columnActions}
        attachment={props.attachment}
        onSelectAll={() => selectEverything(bounds, selection)}
      />
      {rows.count > 0 && (
        <GridBody
          {...{ gridId, columns, window, places, heightPx, pointer, topOf }}
          rowAt={rows.at}
          cells={props.cells}
          selection={selection.now}
          overlay={props.overlay}
        />
      )}
    </div>
  );
}

function useGridHandle(
  handle: Ref<GridHandle> | undefined,
  element: RefObject<HTMLElement | null>,
  reveal: GridHandle['reveal'],
) {
  const scrollBy = (px: number) => element.current?.scrollBy(0, px);
  useImperativeHandle(handle, () => ({
    reveal,
    scrollBy,
    focus: () => element.current?.focus(),
    hasFocus: () => element.current !== null && document.activeElement === element.current,
  }));
}

function selectEverything(bounds: Pick<GridBounds, 'rows' | 'columns'>, selection: GridSelection) {
  const all = selectAll(bounds);
  if (all !== null) selection.change(all);
}

/** Presses on cells, and those that ask for a cell's menu. */
function usePointer(
  element: RefObject<HTMLElement | null>,
  columns: number,
  selection: GridSelection,
  commands: GridCommands,
) {
  const cells = useCellPointer(element, { selection, columns, onSecond: commands.open ?? commands.inspect });
  const menu = useCellMenu(element, { selection, onMenu: commands.cellMenu });
  const onPointerDown = (event: PointerEvent) => {
    cells.onPointerDown(event);
    menu.onPointerDown(event);
  };
  return { ...cells, ...menu, onPointerDown };
}

/** Opens the active cell's menu below it. A cell that is out of view comes into view instead. */
function openCellMenu(
  active: Selection['active'],
  id: string | undefined,
  { cellMenu }: GridCommands,
  reveal: (row: number) => void,
) {
  const box = (id === undefined ? null : document.getElementById(id))?.getBoundingClientRect();
  if (box === undefined) reveal(active.row);
  else cellMenu({ ...active, xPx: box.left, yPx: box.bottom });
}

function isDrawn({ row, column }: Selection['active'], places: readonly RowSlot[], window: ColumnViewport): boolean {
  return (
    places.some((place) => place.row === row) &&
    [...window.stuck, ...window.loose].some(({ index }) => index === column)
  );
}

function withinBounds(actions: ColumnActions): ColumnActions {
  return { ...actions, resize: (column, widthPx) => actions.resize(column, clampColumnWidth(widthPx)) };
}
