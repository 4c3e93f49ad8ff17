import type { KeyboardEvent } from 'react';
import { type GridBounds, type Selection, selectCell } from '@/lib/grid/selection';
import { handleGridKey } from './grid-keys';
import { handleHeaderKey } from './header-keys';
import type { ColumnActions, GridColumn, GridCommands, GridSelection } from './types';
import type { HeaderPlace } from './use-header-place';

interface Options {
  bounds: Pick<GridBounds, 'rows' | 'columns'>;
  /** How many rows a page of the view has. */
  viewRows: () => number;
  columns: readonly GridColumn[];
  columnActions: ColumnActions;
  selection: GridSelection;
  head: HeaderPlace;
  commands: Omit<GridCommands, 'cellMenu'>;
  /** Opens the menu of the active cell. */
  cellMenu: () => void;
  reveal: (row: number) => void;
}

/** What keys do on the grid, as {@link handleHeaderKey} says for its header and {@link handleGridKey} for its rows. */
export function useGridKeys(options: Options) {
  const { bounds, viewRows, columns, columnActions, selection, head, commands, cellMenu, reveal } = options;
  const select = (next: Selection, into: boolean) => {
    selection.change(next);
    if (into) reveal(next.active.row);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // What is attached to a header handles its own keys.
    if (event.target !== event.currentTarget) return;
    if (head.at === null && commands.keys?.(event) === true) {
      event.preventDefault();
      return;
    }
    const columnKeys = {
      menu: columnActions.menu,
      moveColumn: columnActions.move,
      resizeBy: (column: number, deltaPx: number) =>
        columnActions.resize(column, (columns[column]?.widthPx ?? 0) + deltaPx),
    };
    const headed = {
      ...columnKeys,
      sort: columnActions.sort,
      moveColumn: (column: number, to: number) => {
        columnActions.move(column, to);
        head.go(Math.min(Math.max(to, 0), columns.length - 1));
      },
      go: head.go,
      leave: (down: number | null) => {
        head.go(null);
        const row = selection.now?.active.row;
        if (down !== null && row !== undefined) select(selectCell({ row, column: down }), true);
      },
    };
    if (handleHeaderKey(event, head.at, selection.now, columns.length, headed)) return;
    handleGridKey(
      event,
      selection.now,
      { ...bounds, viewRows: viewRows() },
      { ...commands, ...columnKeys, cellMenu, select },
    );
  };
  return { onKeyDown };
}
