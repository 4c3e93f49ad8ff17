import { useCallback, useMemo, useState } from 'react';
import type { GridColumn } from '@/components/grid/types';
import type { HeaderFrame } from '@/lib/contract/frames';
import { AS_READ, isAsRead, type LocalView } from '@/lib/local/local-view';
import type { LocalColumn } from '@/lib/local/quick-filter';
import { columnKeys } from '../rows/result-columns';
import type { ShownColumns } from '../rows/use-shown-columns';
import type { LocalControl } from './local-control';

/** Sorting, filtering and summing up rows on this page: what is asked for, and what of it is open. */
export function useLocal({ view, change }: LocalControl, { columns: all }: HeaderFrame, shown: ShownColumns) {
  const [isFiltering, setFiltering] = useState(false);
  const [summaryOf, setSummaryOf] = useState<number | null>(null);
  const columns = useLocalColumns(all, shown);
  return {
    view,
    change,
    columns,
    /** The bar that says how rows are arranged and has the quick filter's field. */
    isOpen: isFiltering || !isAsRead(view),
    isFiltering,
    openFilter: useCallback(() => setFiltering(true), []),
    /** Shows the rows as they were read. */
    end: () => {
      setFiltering(false);
      if (!isAsRead(view)) change(AS_READ);
    },
    summaryOf,
    summarize: setSummaryOf,
  };
}

export type Local = ReturnType<typeof useLocal>;

/** The same list until another column is hidden or shown: rows are arranged again when it changes. */
function useLocalColumns(all: HeaderFrame['columns'], { columns, types }: ShownColumns): readonly LocalColumn[] {
  const sources = columns
    .map(({ source }) => source)
    .sort((a, b) => a - b)
    .join();
  return useMemo(() => {
    const shown = new Set(sources.split(',').map(Number));
    return columnKeys(all).map((key, source) => ({ key, source, type: types[source], isShown: shown.has(source) }));
  }, [all, types, sources]);
}

/** The columns with which way rows are sorted by them. */
export function useSortedColumns(columns: readonly GridColumn[], { sort }: LocalView): readonly GridColumn[] {
  return useMemo(() => {
    if (sort.length === 0) return columns;
    return columns.map((column) => {
      const found = sort.find((one) => one.column === column.key);
      return found === undefined ? column : { ...column, sorted: found.descending ? 'descending' : 'ascending' };
    });
  }, [columns, sort]);
}
