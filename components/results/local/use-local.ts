import { useCallback, useMemo, useState } from 'react';
import type { GridColumn } from '@/components/grid/types';
import type { HeaderFrame } from '@/lib/contract/frames';
import { AS_READ, isAsRead, type LocalView } from '@/lib/local/local-view';
import type { LocalColumn } from '@/lib/local/quick-filter';
import { columnKeys } from '../rows/result-columns';
import type { ShownColumns } from '../rows/use-shown-columns';
import type { LocalControl } from './local-control';
import type { PressedResult } from './press-header';

/** Sorting, filtering and summing up rows on this page: what is asked for, and what of it is open. */
export function useLocal(control: LocalControl, { columns: all }: HeaderFrame, shown: ShownColumns) {
  const { view, change } = control;
  const [isFiltering, setFiltering] = useState(false);
  const [summaryOf, setSummaryOf] = useState<number | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const columns = useLocalColumns(all, shown);
  return {
    view,
    change,
    columns,
    /** The bar that says how rows are arranged and has the quick filter's field. */
    isOpen: isFiltering || refused !== null || !isAsRead(view),
    isFiltering,
    openFilter: useCallback(() => setFiltering(true), []),
    /** Shows the rows as they were read. */
    end: () => {
      setFiltering(false);
      setRefused(null);
      if (!isAsRead(view)) change(AS_READ);
    },
    /** The column that rows could not be sorted by when its header was pressed: the bar says why. */
    refused,
    /** A header was pressed. What sorts is loaded then. */
    press: (column: GridColumn, adds: boolean, result: PressedResult) => {
      void import('./press-header').then(({ pressHeader }) => {
        const press = pressHeader(column, adds, {
          ...result,
          view,
          columns,
          canReverse: control.reverse !== undefined,
        });
        setRefused(press.do === 'explain' ? column.key : null);
        if (press.do === 'sort') change(press.view);
        if (press.do === 'reverse') control.reverse?.();
      });
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
