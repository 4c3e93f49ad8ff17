import type { KeyboardEvent } from 'react';
import type { GridBounds, Selection } from '@/lib/grid/selection';
import { handleGridKey } from './grid-keys';
import type { ColumnActions, GridColumn, GridCommands, GridSelection } from './types';

interface Options {
  bounds: Pick<GridBounds, 'rows' | 'columns'>;
  /** How many rows a page of the view has. */
  viewRows: () => number;
  columns: readonly GridColumn[];
  columnActions: ColumnActions;
  selection: GridSelection;
  commands: Omit<GridCommands, 'cellMenu'>;
  /** Opens the menu of the active cell. */
  cellMenu: () => void;
  reveal: (row: number) => void;
}

/** What keys do on the grid, as {@link handleGridKey} says. */
export function useGridKeys(options: Options) {
  const { bounds, viewRows, columns, columnActions, selection, commands, cellMenu, reveal } = options;
  const select = (next: Selection, into: boolean) => {
    selection.change(next);
    if (into) reveal(next.active.row);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // What is attached to a header handles its own keys.
    if (event.target !== event.currentTarget) return;
    handleGridKey(
      event,
      selection.now,
      { ...bounds, viewRows: viewRows() },
      {
        ...commands,
        cellMenu,
        select,
        menu: columnActions.menu,
        moveColumn: columnActions.move,
        resizeBy: (column, deltaPx) => columnActions.resize(column, (columns[column]?.widthPx ?? 0) + deltaPx),
      },
    );
  };
  return { onKeyDown };
}
