import type { KeyboardEvent } from 'react';
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

export interface GridKeyActions {
  /** `reveal`: bring the active cell into view. */
  select: (selection: Selection, reveal: boolean) => void;
  resizeBy: (column: number, deltaPx: number) => void;
  moveColumn: (column: number, to: number) => void;
  menu: (column: number) => void;
  inspect: () => void;
  copy: () => void;
  find: () => void;
  back: () => void;
}

/**
 * The grid's keyboard: arrows, Home, End, Page Up and Down move, Shift extends; Shift+Space takes whole rows, Control
 * +Space whole columns, Control+A every loaded row; Space and Enter inspect, Control+C copies, Control+F finds;
 * Alt+arrows move the column, Alt+Shift+arrows resize it, Alt+Down or the menu key opens its menu; Escape goes one step
 * back. Command does what Control does.
 */
export function handleGridKey(
  event: KeyboardEvent,
  selection: Selection | null,
  bounds: GridBounds,
  actions: GridKeyActions,
): void {
  const done =
    actOnColumn(event, selection, actions) ||
    actOnGrid(event, bounds, actions) ||
    (selection !== null && actOnSelection(event, selection, bounds, actions)) ||
    moveBy(event, selection, bounds, actions);
  if (done) event.preventDefault();
}

function actOnColumn(event: KeyboardEvent, selection: Selection | null, actions: GridKeyActions): boolean {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
  if (selection === null || ctrlKey || metaKey) return false;
  const { column } = selection.active;
  if (key === 'ContextMenu' || (key === 'F10' && shiftKey) || (altKey && key === 'ArrowDown')) {
    actions.menu(column);
    return true;
  }
  if (!altKey || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return false;
  const step = key === 'ArrowLeft' ? -1 : 1;
  if (shiftKey) actions.resizeBy(column, step * RESIZE_STEP_PX);
  else actions.moveColumn(column, column + step);
  return true;
}

function actOnGrid(event: KeyboardEvent, bounds: GridBounds, actions: GridKeyActions): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return false;
  const key = event.key.toLowerCase();
  if (key === 'f') actions.find();
  else if (key === 'a') {
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
  const { key, shiftKey } = event;
  const control = event.ctrlKey || event.metaKey;
  if (control && key.toLowerCase() === 'c') actions.copy();
  else if (key === ' ' && control) actions.select(selectColumns(selection, bounds.rows), false);
  else if (key === ' ' && shiftKey) actions.select(selectRows(selection, bounds.columns), false);
  else if ((key === ' ' || key === 'Enter') && !control) actions.inspect();
  else if (key === 'Escape') actions.back();
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
