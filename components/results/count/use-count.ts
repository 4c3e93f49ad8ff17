import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { CountRequest } from '@/lib/contract/reads';
import { type Counting, countKey, RowCount } from '@/lib/reader/row-count';
import { runningCounts } from '@/lib/reader/running-counts';

/**
 * Counts the rows of `request` on demand. Another request ends a running count; one whose page is left goes on, is found
 * in the tray, and is taken back by the page.
 */
export function useCount(cluster: string, request: CountRequest): RowCountControl {
  const key = countKey(cluster, request);
  const [held, setHeld] = useState(() => ({ key, count: countOf(cluster, request) }));
  const current = held.key === key ? held : { key, count: countOf(cluster, request) };
  if (current !== held) setHeld(current);
  const { count } = current;
  const isLeft = useRef(false);
  // Before the next effect, so that its end knows whether the page goes, or counts something else.
  useEffect(() => {
    isLeft.current = false;
    return () => {
      isLeft.current = true;
    };
  }, []);
  useEffect(() => {
    runningCounts.show(count, () => window.location.pathname + window.location.search);
    return () => {
      if (isLeft.current) runningCounts.leave(count);
      else runningCounts.end(count);
    };
  }, [count]);
  const counting = useSyncExternalStore(count.subscribe, count.getCounting, count.getCounting);
  return { counting, start: () => count.start(), stop: () => count.stop() };
}

interface RowCountControl {
  readonly counting: Counting;
  readonly start: () => void;
  readonly stop: () => void;
}

function countOf(cluster: string, request: CountRequest): RowCount {
  return runningCounts.find(countKey(cluster, request)) ?? new RowCount(cluster, request);
}
