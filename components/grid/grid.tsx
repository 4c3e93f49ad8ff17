'use client';

import { type ReactNode, type Ref, useId, useImperativeHandle, useRef } from 'react';
import { clampColumnWidth } from '@/lib/grid/columns';
import { type Selection, selectAll } from '@/lib/grid/selection';
import { cellId, gridAria } from './aria';
import { GridBody } from './grid-body';
import { GridHeader } from './grid-header';
import type {
  ColumnActions,
  ColumnWindow,
  GridCells,
  GridColumn,
  GridCommands,
  GridHandle,
  GridRows,
  GridSelection,
} from './types';
import { useCellPointer } from './use-cell-pointer';
import { useColumns } from './use-columns';
import { useGridKeys } from './use-grid-keys';
import { type RowPlace, useRowWindow } from './use-row-window';

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
  /** Set while the grid is shown. */
  handle?: Ref<GridHandle> | undefined;
}

/**
 * A grid of any number of rows and columns, of which only those in view are in the page. It knows places and widths;
 * what a cell shows is up to `cells`, which rows exist is up to `rows`. Give it another `key` for another result.
 */
export function Grid<Value>(props: GridProps<Value>) {
  const { columns, rows, selection, commands } = props;
  const gridId = useId();
  const element = useRef<HTMLDivElement>(null);
  const active = selection.now?.active;
  const window = useColumns(columns, element, active?.column);
  const { places, heightPx, reveal, viewRows } = useRowWindow(element, rows);

  const scrollBy = (px: number) => element.current?.scrollBy(0, px);
  useImperativeHandle(props.handle, () => ({ reveal, scrollBy, focus: () => element.current?.focus() }));
  const columnActions = withinBounds(props.columnActions);
  const bounds = { rows: rows.count, columns: columns.length };
  const keys = useGridKeys({ bounds, viewRows, columns, columnActions, selection, commands, reveal });
  const pointer = useCellPointer(element, { selection, columns: columns.length, onInspect: commands.inspect });
  const activeCell = active && isDrawn(active, places, window) ? cellId(gridId, active.row, active.column) : undefined;
  const onSelectAll = () => {
    const all = selectAll(bounds);
    if (all !== null) selection.change(all);
  };

  return (
    <div
      ref={element}
      {...gridAria(props.label, rows.open ? null : rows.count, columns.length, activeCell)}
      {...keys}
      className="thin-scrollbar relative h-full w-full select-none overflow-auto overscroll-contain bg-surface [overflow-anchor:none]"
    >
      <GridHeader
        columns={columns}
        window={window}
        actions={columnActions}
        attachment={props.attachment}
        onSelectAll={onSelectAll}
      />
      {rows.count > 0 && (
        <GridBody
          gridId={gridId}
          columns={columns}
          window={window}
          places={places}
          heightPx={heightPx}
          rowAt={rows.at}
          cells={props.cells}
          selection={selection.now}
          pointer={pointer}
        />
      )}
    </div>
  );
}

function isDrawn({ row, column }: Selection['active'], places: readonly RowPlace[], window: ColumnWindow): boolean {
  return (
    places.some((place) => place.row === row) &&
    [...window.stuck, ...window.loose].some(({ index }) => index === column)
  );
}

function withinBounds(actions: ColumnActions): ColumnActions {
  return { ...actions, resize: (column, widthPx) => actions.resize(column, clampColumnWidth(widthPx)) };
}
