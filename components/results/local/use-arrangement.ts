import { useEffect, useRef, useState } from 'react';
import { arrangeSteps } from '@/lib/local/arrange';
import { isAsRead, type LocalView } from '@/lib/local/local-view';
import type { LocalColumn } from '@/lib/local/quick-filter';
import { inSlices } from '@/lib/reader/in-slices';
import type { ResultReader } from '@/lib/reader/result-reader';
import type { ResultState } from '@/lib/reader/result-state';
import type { Arrangement } from './local-words';

const WAITING: Arrangement = { state: 'waiting' };

/**
 * Arranges the rows of `reader` as `view` asks, and reads them whole first. What was arranged stays until the next
 * arrangement is ready. @param isPossible false: the view asks for what these columns do not have
 */
export function useArrangement(
  reader: ResultReader,
  whole: ResultState['whole'],
  columns: readonly LocalColumn[],
  view: LocalView,
  isPossible: boolean,
): Arrangement {
  const [held, setHeld] = useState<{ readonly of: string; readonly arrangement: Arrangement }>({
    of: '',
    arrangement: WAITING,
  });
  const isWanted = isPossible && !isAsRead(view);
  const wanted = JSON.stringify(view);
  const latest = useRef(view);
  useEffect(() => {
    latest.current = view;
  });
  useEffect(() => {
    if (isWanted && whole === 'unread') reader.readWhole();
  }, [reader, isWanted, whole]);
  useEffect(() => {
    const pages = reader.wholeRows();
    if (!isWanted) reader.arrange(null);
    if (!isWanted || whole !== 'whole' || pages === null) {
      setHeld({ of: wanted, arrangement: WAITING });
      return;
    }
    const abort = new AbortController();
    const of = pages.reduce((sum, { length }) => sum + length, 0);
    inSlices(arrangeSteps(pages, columns, latest.current), abort.signal).then(
      (rows) => {
        reader.arrange(rows);
        setHeld({ of: wanted, arrangement: { state: 'arranged', shown: rows.length, of } });
      },
      (cause: unknown) => {
        if (abort.signal.aborted) return;
        setHeld({ of: wanted, arrangement: { state: 'failed', why: `this page failed. ${String(cause)}` } });
      },
    );
    return () => abort.abort();
  }, [reader, whole, columns, wanted, isWanted]);
  useEffect(() => () => reader.arrange(null), [reader]);
  // What was done for another view says nothing of this one.
  return held.of === wanted ? held.arrangement : WAITING;
}
