import type { KeyboardEvent } from 'react';
import { isPressed } from '@/components/ui/shortcuts';
import {
  type GridBounds,
  moveOfKey,
  moveSelection,
  type Selection,
  selectAll,
  selectColumns,
  selectRows,
} from '@/lib/grid/selection';

const RESIZE_STEP_PX = 16;

/** What is done with a column by keys, from its header or from one of its cells. */
export interface ColumnKeyActions {
  resizeBy: (column: number, deltaPx: number) => void;
  moveColumn: (column: number, to: number) => void;
  menu: (column: number) => void;
}

export interface GridKeyActions extends ColumnKeyActions {
  /** `reveal`: bring the active cell into view. */
  select: (selection: Selection, reveal: boolean) => void;
  cellMenu: () => void;
  inspect: () => void;
  record: () => void;
  copy: () => void;
  find: () => void;
  back: () => void;
}

/** The grid's keyboard: the shortcuts of the scope `rows`, and moving, which extends the selection with Shift. */
export function handleGridKey(
  event: KeyboardEvent,
  selection: Selection | null,
  bounds: GridBounds,
  actions: GridKeyActions,
): void {
  const done =
    (selection !== null && actOnColumn(event, selection.active.column, actions)) ||
    actOnGrid(event, bounds, actions) ||
    (selection !== null && actOnSelection(event, selection, bounds, actions)) ||
    moveBy(event, selection, bounds, actions);
  if (done) event.preventDefault();
}

export function actOnColumn(event: KeyboardEvent, column: number, actions: ColumnKeyActions): boolean {
  if (isPressed('columnMenu', event)) actions.menu(column);
  else if (isPressed('columnNarrow', event)) actions.resizeBy(column, -RESIZE_STEP_PX);
  else if (isPressed('columnWiden', event)) actions.resizeBy(column, RESIZE_STEP_PX);
  else if (isPressed('columnLeft', event)) actions.moveColumn(column, column - 1);
  else if (isPressed('columnRight', event)) actions.moveColumn(column, column + 1);
  else return false;
  return true;
}

function actOnGrid(event: KeyboardEvent, bounds: GridBounds, actions: GridKeyActions): boolean {
  if (isPressed('rowsFind', event)) actions.find();
  else if (isPressed('rowsAll', event)) {
    const all = selectAll(bounds);
    if (all !== null) actions.select(all, false);
  } else return false;
  return true;
}

function actOnSelection(
  event: KeyboardEvent,
  selection: Selection,
  bounds: GridBounds,
  actions: GridKeyActions,
): boolean {
  if (isPressed('rowsCopy', event)) actions.copy();
  else if (isPressed('columnsWhole', event)) actions.select(selectColumns(selection, bounds.rows), false);
  else if (isPressed('rowsWhole', event)) actions.select(selectRows(selection, bounds.columns), false);
  else if (isPressed('rowsCellMenu', event)) actions.cellMenu();
  else if (isPressed('rowsRecord', event)) actions.record();
  else if (isPressed('rowsInspect', event)) actions.inspect();
  else if (isPressed('rowsBack', event)) actions.back();
  else return false;
  return true;
}

function moveBy(
  event: KeyboardEvent,
  selection: Selection | null,
  bounds: GridBounds,
  actions: GridKeyActions,
): boolean {
  const move = moveOfKey(event);
  if (move === undefined) return false;
  const moved = moveSelection(selection, move, bounds, event.shiftKey);
  if (moved !== null) actions.select(moved, true);
  return true;
}
