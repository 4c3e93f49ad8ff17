import { changeLayout, type LayoutAction } from '@/lib/grid/column-layout';
import { readLayout, tableLayoutKey, writeLayout } from './stored-layouts';
import { useLayout } from './use-column-layout';

export interface HiddenColumns {
  /** Names; the table may no longer have them all. */
  readonly hidden: readonly string[];
  readonly show: (action: Extract<LayoutAction, { type: 'show' | 'show_all' }>) => void;
}

/** The columns of a table that are hidden in this browser: read, but not shown. */
export function useHiddenColumns(place: Parameters<typeof tableLayoutKey>[0]): HiddenColumns {
  const key = tableLayoutKey(place);
  const { hidden } = useLayout(key);
  return { hidden, show: (action) => writeLayout(key, changeLayout(readLayout(key), action, [])) };
}
