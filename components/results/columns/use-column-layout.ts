import { useCallback, useMemo, useSyncExternalStore } from 'react';
import {
  type ArrangedColumn,
  arrange,
  type ColumnLayout,
  changeLayout,
  type LayoutAction,
  type LayoutColumn,
  PLAIN_LAYOUT,
} from '@/lib/grid/column-layout';
import { type LayoutKey, readLayout, subscribeLayouts, writeLayout } from './stored-layouts';

export interface ColumnLayoutState {
  readonly layout: ColumnLayout;
  /** The columns that are shown. */
  readonly arranged: readonly ArrangedColumn[];
  readonly change: (action: LayoutAction) => void;
}

/** The layout of a grid's columns, remembered under `key`. */
export function useColumnLayout(columns: readonly LayoutColumn[], { kept, key }: LayoutKey): ColumnLayoutState {
  const layout = useLayout({ kept, key });
  const change = useCallback(
    (action: LayoutAction) => {
      // Two actions may come between two renders; the second builds on the first.
      const now = readLayout({ kept, key });
      const next = changeLayout(now, action, columns);
      if (next !== now) writeLayout({ kept, key }, next);
    },
    [columns, kept, key],
  );
  const arranged = useMemo(() => arrange(columns, layout), [columns, layout]);
  return { layout, arranged, change };
}

/** The current layout, whoever changes it. */
export function useLayout(key: LayoutKey): ColumnLayout {
  return useSyncExternalStore(
    subscribeLayouts,
    () => readLayout(key),
    () => PLAIN_LAYOUT,
  );
}
