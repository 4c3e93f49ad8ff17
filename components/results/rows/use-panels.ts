import clsx from 'clsx';
import { type RefObject, useCallback, useMemo, useState } from 'react';
import type { CellLooks, GridHandle } from '@/components/grid/types';
import { isOneCell, type Selection } from '@/lib/grid/selection';

interface Options {
  grid: RefObject<GridHandle | null>;
  /** Holds the grid and the panel beside it. */
  panes: RefObject<HTMLElement | null>;
  selection: Selection | null;
  narrow: () => void;
  /** The record is open from the start. */
  expanded: boolean;
  /** Of cells whose edits wait. */
  editLooks: CellLooks | undefined;
}

/** Beside the grid stands one value, one row, or the summary of all columns. */
type SidePanel = 'inspector' | 'record' | 'summary';

/** What stands open around a grid, how it is opened, and how Escape closes one after another. */
export function usePanels({ grid, panes, selection, narrow, expanded, editLooks }: Options) {
  const [side, setSide] = useState<SidePanel | null>(expanded ? 'record' : null);
  const [finding, setFinding] = useState(false);
  const [lens, setLens] = useState(false);
  const [foundLooks, setFoundLooks] = useLooks();
  const [ageLooks, setAgeLooks] = useLooks();
  const looks = useMemo(() => bothLooks(bothLooks(foundLooks, ageLooks), editLooks), [foundLooks, ageLooks, editLooks]);
  const closeSide = useCallback(() => {
    setSide(null);
    grid.current?.focus();
  }, [grid]);
  const closeFind = () => {
    setFinding(false);
    grid.current?.focus();
  };
  const closeLens = () => {
    setLens(false);
    grid.current?.focus();
  };
  const open = (panel: SidePanel) => {
    // Pressed again it goes into what is open.
    if (side === panel) panes.current?.querySelector<HTMLElement>('aside [tabindex="0"], aside button')?.focus();
    else setSide(panel);
  };
  const back = () => {
    if (side !== null) setSide(null);
    else if (selection !== null && !isOneCell(selection)) narrow();
    else if (finding) setFinding(false);
  };
  return {
    side,
    finding,
    lens,
    looks,
    setFoundLooks,
    setAgeLooks,
    inspect: () => open('inspector'),
    record: () => open('record'),
    back,
    closeSide,
    closeFind,
    closeLens,
    openRecord: useCallback(() => setSide('record'), []),
    toggleSummary: useCallback(() => setSide((now) => (now === 'summary' ? null : 'summary')), []),
    openFind: useCallback(() => setFinding(true), []),
    toggleLens: useCallback(() => setLens((now) => !now), []),
  };
}

/** Looks are functions, which a state's setter would call. */
function useLooks() {
  const [held, setHeld] = useState<{ looks: CellLooks | undefined }>({ looks: undefined });
  const setLooks = useCallback((looks: CellLooks | undefined) => setHeld({ looks }), []);
  return [held.looks, setLooks] as const;
}

function bothLooks(first: CellLooks | undefined, second: CellLooks | undefined): CellLooks | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return (row, source) => {
    const [one, other] = [first(row, source), second(row, source)];
    if (one === undefined || other === undefined) return one ?? other;
    return {
      ...other,
      ...one,
      className: clsx(other.className, one.className),
      style: { ...other.style, ...one.style },
    };
  };
}
