import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { GridColumn } from '@/components/grid/types';
import { toast } from '@/components/ui/toasts';
import type { HeaderFrame } from '@/lib/contract/frames';
import { AS_READ, isAsRead, type LocalView } from '@/lib/local/local-view';
import type { LocalColumn } from '@/lib/local/quick-filter';
import { columnKeys } from '../rows/result-columns';
import type { ShownColumns } from '../rows/use-shown-columns';
import type { LocalControl } from './local-control';
import type { PressedResult } from './press-header';

interface LocalOptions {
  readonly control: LocalControl;
  readonly header: HeaderFrame;
  readonly shown: ShownColumns;
  readonly result: PressedResult;
}

/** Sorting, filtering and summing up rows on this page: what is asked for, and what of it is open. */
export function useLocal({ control, header, shown, result }: LocalOptions) {
  const { view, change } = control;
  const [isFiltering, setFiltering] = useState(false);
  const [summaryOf, setSummaryOf] = useState<number | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const columns = useLocalColumns(header.columns, shown);
  const press = usePress({ ...result, control, columns }, setRefused);
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
    /** A header was pressed. */
    press,
    summaryOf,
    summarize: setSummaryOf,
  };
}

export type Local = ReturnType<typeof useLocal>;

interface PressFacts extends PressedResult {
  readonly control: LocalControl;
  readonly columns: readonly LocalColumn[];
}

/**
 * Does what a press of a header asks for. What decides it is loaded with the first press: each press is decided by what
 * those before it have left, however quickly they follow each other.
 */
function usePress(facts: PressFacts, setRefused: (key: string | null) => void) {
  const latest = useRef(facts);
  useLayoutEffect(() => {
    latest.current = facts;
  });
  return (column: GridColumn, adds: boolean) => {
    import('./press-header').then(
      ({ pressHeader }) => {
        const { control, ...result } = latest.current;
        const canReverse = control.reverse !== undefined;
        const press = pressHeader(column, adds, { ...result, view: control.view, canReverse });
        // The next press may already wait: it must meet the rows as this one leaves them.
        flushSync(() => {
          setRefused(press.do === 'explain' ? column.key : null);
          if (press.do === 'sort') control.change(press.view);
          if (press.do === 'reverse') control.reverse?.();
        });
      },
      () =>
        toast({ id: 'sort', text: 'Not sorted: a part of this page did not load. Reload the page.', tone: 'danger' }),
    );
  };
}

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
