import { useState } from 'react';
import { headerId } from './aria';
import type { GridSelection } from './types';

/** Where the keyboard is among the headers; null: among the rows. */
export interface HeaderPlace {
  readonly at: number | null;
  /** Of its element. */
  readonly id: string | undefined;
  readonly go: (column: number | null) => void;
}

/** The header that the keyboard is at. Whatever selects cells brings it back to the rows. */
export function useHeaderPlace(gridId: string, selection: GridSelection, columns: number) {
  const [column, setColumn] = useState<number | null>(null);
  const at = column === null || column >= columns ? null : column;
  const head: HeaderPlace = { at, id: at === null ? undefined : headerId(gridId, at), go: setColumn };
  const change: GridSelection['change'] = (next) => {
    setColumn(null);
    selection.change(next);
  };
  return { head, selection: { now: selection.now, change } };
}
