import { useState } from 'react';
import { type Selection, selectCell, shiftRows } from '@/lib/grid/selection';

/** What is selected, by rows of the window, which keep their numbers; other rows (`landing`) begin without a selection. */
export function useSelection(firstRow: number, landing: number) {
  const [held, setHeld] = useState<{ landing: number; selection: Selection | null }>({ landing, selection: null });
  const selection = held.landing === landing ? held.selection : null;
  const set = (next: Selection | null) => setHeld({ landing, selection: next });
  return {
    /** By rows of the grid, which count from 0 at the first that can be scrolled to. */
    selection: selection && shiftRows(selection, -firstRow),
    select: (next: Selection | null) => set(next && shiftRows(next, firstRow)),
    /** To the active cell alone. */
    narrow: () => selection !== null && set(selectCell(selection.active)),
  };
}
