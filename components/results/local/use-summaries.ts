import { useEffect, useRef, useState } from 'react';
import type { LocalColumn } from '@/lib/local/quick-filter';
import { type ColumnSummary, summaryGroups, summarySteps } from '@/lib/local/summary';
import { inSlices } from '@/lib/reader/in-slices';
import type { ResultReader } from '@/lib/reader/result-reader';
import { pagesInOrder } from '@/lib/reader/whole';

interface Held {
  readonly key: string;
  readonly summaries: readonly ColumnSummary[];
}

/** The summaries of `columns`, in their order, as far as they are worked out; again for another `key`. */
export function useSummaries(reader: ResultReader, columns: readonly LocalColumn[], key: string): Held['summaries'] {
  const [held, setHeld] = useState<Held>({ key: '', summaries: [] });
  const latest = useRef(columns);
  useEffect(() => {
    latest.current = columns;
  });
  useEffect(() => {
    const abort = new AbortController();
    const work = async () => {
      const pages = reader.wholeRows() ?? pagesInOrder(reader.getState().window);
      const rows = pages.reduce((sum, { length }) => sum + length, 0);
      let summaries: readonly ColumnSummary[] = [];
      for (const group of summaryGroups(latest.current, rows)) {
        summaries = [...summaries, ...(await inSlices(summarySteps(pages, group), abort.signal))];
        setHeld({ key, summaries });
      }
    };
    work().catch((cause: unknown) => {
      if (abort.signal.aborted) return;
      // The page's own error view says it.
      setHeld(() => {
        throw cause;
      });
    });
    return () => abort.abort();
  }, [reader, key]);
  return held.key === key ? held.summaries : [];
}
