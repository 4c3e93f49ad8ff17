import { useState } from 'react';
import { type Selection, selectCell, shiftRows } from '@/lib/grid/selection';

/**
 * What is selected, by rows of the window, which keep their numbers; other rows (`landing`), or another number of
 * columns, begin without a selection.
 * @param selectsFirst begins with the first cell selected
 */
export function useSelection(firstRow: number, landing: number, columns: number, selectsFirst = false) {
  const shown = `${landing} ${columns}`;
  const [held, setHeld] = useState<{ shown: string; selection: Selection | null }>({
    shown,
    selection: selectsFirst ? selectCell({ row: 0, column: 0 }) : null,
  });
  const selection = held.shown === shown ? held.selection : null;
  const set = (next: Selection | null) => setHeld({ shown, selection: next });
  return {
    /** By rows of the grid, which count from 0 at the first that can be scrolled to. */
    selection: selection && shiftRows(selection, -firstRow),
    select: (next: Selection | null) => set(next && shiftRows(next, firstRow)),
    /** To the active cell alone. */
    narrow: () => selection !== null && set(selectCell(selection.active)),
  };
}
