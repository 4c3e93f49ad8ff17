import { useEffect, useRef, useState } from 'react';
import { inSlices } from '@/lib/reader/in-slices';
import type { ResultState } from '@/lib/reader/result-state';

interface Worked<Result> {
  /** What was worked out last; null before. */
  readonly result: Result | null;
  /** False while something newer is being worked out. */
  readonly isCurrent: boolean;
}

/** What `start` works out, in slices between which the page can draw; again for another key. */
export function useSteps<Result>(key: string, start: () => Generator<void, Result, undefined>): Worked<Result> {
  const [held, setHeld] = useState<{ key: string; result: Result } | null>(null);
  const latest = useRef(start);
  useEffect(() => {
    latest.current = start;
  });
  useEffect(() => {
    const abort = new AbortController();
    inSlices(latest.current(), abort.signal).then(
      (result) => setHeld({ key, result }),
      (cause: unknown) => {
        if (abort.signal.aborted) return;
        // The page's own error view says it.
        setHeld(() => {
          throw cause;
        });
      },
    );
    return () => abort.abort();
  }, [key]);
  return { result: held?.result ?? null, isCurrent: held?.key === key };
}

/** Changes when the rows in memory have: not with every page of a continuous read, but when that rests. */
export function rowsKey({ reading, window, whole }: ResultState): string {
  const { phase, mode } = reading;
  if (phase === 'reading' && mode === 'on') return 'reading on';
  return `${window.marks.firstRow} ${window.marks.endRow} ${[...window.loaded.keys()].join()} ${whole}`;
}
