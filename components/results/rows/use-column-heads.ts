import { useState } from 'react';
import type { ColumnActions, GridColumn } from '@/components/grid/types';
import type { LayoutAction } from '@/lib/grid/column-layout';
import { type Selection, selectCell } from '@/lib/grid/selection';
import type { ShownColumns } from './use-shown-columns';

/** What is done to columns at their headers, which of them has its menu open, and what becomes of the selection. */
export function useColumnHeads(
  shown: ShownColumns,
  selection: Selection | null,
  select: (selection: Selection | null) => void,
  sort: (column: GridColumn, adds: boolean) => void,
) {
  const [menuColumn, setMenuColumn] = useState<number | null>(null);
  const actions: ColumnActions = {
    ...shown.actions,
    move: (index, to) => {
      shown.actions.move(index, to);
      const moved = Math.min(Math.max(to, 0), shown.columns.length - 1);
      if (selection !== null) select(selectCell({ row: selection.active.row, column: moved }));
    },
    menu: setMenuColumn,
    sort: (index, adds) => {
      const column = shown.columns[index];
      if (column !== undefined) sort(column, adds);
    },
  };
  const change = (action: LayoutAction) => {
    shown.change(action);
    // The same places show other columns now.
    if (action.type !== 'resize') select(null);
  };
  return { actions, change, menuColumn, closeMenu: () => setMenuColumn(null) };
}
