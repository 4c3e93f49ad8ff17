import { useCallback, useMemo, useRef, useState } from 'react';
import {
  type ArrangedColumn,
  arrange,
  type ColumnLayout,
  changeLayout,
  type LayoutAction,
  type LayoutColumn,
} from '@/lib/grid/column-layout';
import { type LayoutKey, readLayout, writeLayout } from './stored-layouts';

export interface ColumnLayoutState {
  readonly layout: ColumnLayout;
  /** The columns that are shown. */
  readonly arranged: readonly ArrangedColumn[];
  readonly change: (action: LayoutAction) => void;
}

/** The layout of a grid's columns, remembered under `key`. */
export function useColumnLayout(columns: readonly LayoutColumn[], { kept, key }: LayoutKey): ColumnLayoutState {
  const [layout, setLayout] = useState(() => readLayout({ kept, key }));
  // Two actions may come between two drawings, and the second goes on from the first.
  const latest = useRef(layout);
  const change = useCallback(
    (action: LayoutAction) => {
      const next = changeLayout(latest.current, action, columns);
      if (next === latest.current) return;
      latest.current = next;
      setLayout(next);
      writeLayout({ kept, key }, next);
    },
    [columns, kept, key],
  );
  const arranged = useMemo(() => arrange(columns, layout), [columns, layout]);
  return { layout, arranged, change };
}
