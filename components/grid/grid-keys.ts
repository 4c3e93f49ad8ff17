import type { KeyboardEvent } from 'react';
import { type GridBounds, moveOfKey, moveSelection, type Selection, selectRows } from '@/lib/grid/selection';

const RESIZE_STEP_PX = 16;

export interface GridKeyActions {
  select: (selection: Selection) => void;
  resize: (column: number, deltaPx: number) => void;
  inspect: () => void;
  copy: () => void;
  back: () => void;
}

/**
 * The grid's keyboard: arrows, Home, End, Page Up and Down move, Shift extends, Shift+Space takes whole rows, Space and
 * Enter inspect, Control or Command with C copies, Alt+Shift+arrows resize the column, Escape goes one step back.
 */
export function handleGridKey(
  event: KeyboardEvent,
  selection: Selection | null,
  bounds: GridBounds,
  actions: GridKeyActions,
): void {
  if (!act(event, selection, bounds, actions)) return;
  event.preventDefault();
}

function act(event: KeyboardEvent, selection: Selection | null, bounds: GridBounds, actions: GridKeyActions): boolean {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
  if (altKey && shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight') && selection !== null) {
    actions.resize(selection.active.column, key === 'ArrowLeft' ? -RESIZE_STEP_PX : RESIZE_STEP_PX);
    return true;
  }
  const move = moveOfKey(event);
  if (move !== undefined) {
    const moved = moveSelection(selection, move, bounds, shiftKey);
    if (moved !== null) actions.select(moved);
    return true;
  }
  if ((ctrlKey || metaKey) && key.toLowerCase() === 'c' && selection !== null) {
    actions.copy();
    return true;
  }
  if (selection !== null && key === ' ' && shiftKey) {
    actions.select(selectRows(selection, bounds.columns));
    return true;
  }
  if (selection !== null && (key === ' ' || key === 'Enter') && !ctrlKey && !metaKey) {
    actions.inspect();
    return true;
  }
  if (key === 'Escape' && selection !== null) {
    actions.back();
    return true;
  }
  return false;
}
