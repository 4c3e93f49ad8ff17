import type { KeyboardEvent } from 'react';
import { isPressed } from '@/components/ui/shortcuts';
import { moveOfKey, type Selection } from '@/lib/grid/selection';
import { actOnColumn, type ColumnKeyActions } from './grid-keys';

interface HeaderKeyActions extends ColumnKeyActions {
  sort: (column: number, adds: boolean) => void;
  go: (column: number) => void;
  /** Back to the rows. @param down to the cell below this column's header */
  leave: (down: number | null) => void;
}

/**
 * The keyboard among the headers, which the first row's arrow up leads to. False: the press is meant for the rows.
 * @param at the header that the keyboard is at; null: it is among the rows
 */
export function handleHeaderKey(
  event: KeyboardEvent,
  at: number | null,
  selection: Selection | null,
  columns: number,
  actions: HeaderKeyActions,
): boolean {
  const done = at === null ? enter(event, selection, actions) : actOnHeader(event, at, columns, actions);
  if (done) event.preventDefault();
  return done;
}

function enter(event: KeyboardEvent, selection: Selection | null, actions: HeaderKeyActions): boolean {
  if (selection?.active.row !== 0 || event.shiftKey || moveOfKey(event) !== 'up') return false;
  actions.go(selection.active.column);
  return true;
}

function actOnHeader(event: KeyboardEvent, at: number, columns: number, actions: HeaderKeyActions): boolean {
  if (isPressed('headerSort', event)) actions.sort(at, false);
  else if (isPressed('headerThenSort', event)) actions.sort(at, true);
  else if (isPressed('headerMenu', event)) actions.menu(at);
  else if (isPressed('headerBack', event)) actions.leave(moveOfKey(event) === 'down' ? at : null);
  else if (isPressed('headerMove', event) || moveOfKey(event) === 'up') actions.go(moved(event, at, columns));
  else return actOnColumn(event, at, actions);
  return true;
}

function moved(event: KeyboardEvent, at: number, columns: number): number {
  switch (moveOfKey(event)) {
    case 'left':
      return Math.max(at - 1, 0);
    case 'right':
      return Math.min(at + 1, columns - 1);
    case 'row_start':
      return 0;
    case 'row_end':
      return columns - 1;
    default:
      return at;
  }
}
