import { type RefObject, useCallback, useMemo, useState } from 'react';
import type { CellLooks, GridHandle } from '@/components/grid/types';
import { isOneCell, type Selection } from '@/lib/grid/selection';

interface Options {
  grid: RefObject<GridHandle | null>;
  /** Holds the grid and the inspector. */
  panes: RefObject<HTMLElement | null>;
  selection: Selection | null;
  narrow: () => void;
}

/** What stands open around a grid, how it is opened, and how Escape closes one after another. */
export function usePanels({ grid, panes, selection, narrow }: Options) {
  const [inspecting, setInspecting] = useState(false);
  const [finding, setFinding] = useState(false);
  const [lens, setLens] = useState(false);
  const [foundLooks, setFoundLooks] = useLooks();
  const [ageLooks, setAgeLooks] = useLooks();
  const looks = useMemo(() => bothLooks(foundLooks, ageLooks), [foundLooks, ageLooks]);
  const closeInspector = useCallback(() => {
    setInspecting(false);
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
  const inspect = () => {
    // Pressed again it goes into what is open.
    if (inspecting) panes.current?.querySelector<HTMLElement>('aside [tabindex="0"], aside button')?.focus();
    else setInspecting(true);
  };
  const back = () => {
    if (inspecting) setInspecting(false);
    else if (selection !== null && !isOneCell(selection)) narrow();
    else if (finding) setFinding(false);
  };
  return {
    inspecting,
    finding,
    lens,
    looks,
    setFoundLooks,
    setAgeLooks,
    inspect,
    back,
    closeInspector,
    closeFind,
    closeLens,
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
  return (row, source) => first(row, source) ?? second(row, source);
}
