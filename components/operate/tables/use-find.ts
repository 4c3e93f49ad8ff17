import { useEffect, useRef, useState } from 'react';
import { ApiFailure } from '@/lib/client/http';
import type { TablePlace } from '@/lib/client/place';
import { findInTable } from '@/lib/client/tables';
import { FIND_REQUESTS } from '@/lib/cluster/find-words';
import type { FindRequest, Found } from '@/lib/contract/tables';

export interface FindState {
  readonly what: FindRequest['what'] | null;
  readonly found: Found | null;
  readonly error: Error | null;
  readonly standing: 'none' | 'running' | 'stopped' | 'ended';
}

const NONE: FindState = { what: null, found: null, error: null, standing: 'none' };

/** One search at a time of a table; it stops when it is stopped, or when the page is left. */
export function useFind(place: TablePlace) {
  const [state, setState] = useState(NONE);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const start = async (what: FindRequest['what']) => {
    running.current?.abort();
    const stop = new AbortController();
    running.current = stop;
    setState({ what, found: null, error: null, standing: 'running' });
    try {
      for await (const line of findInTable(place, FIND_REQUESTS[what], stop.signal)) {
        if ('error' in line) throw new ApiFailure(line.error, 0);
        const isOver = 'end' in line;
        const found = isOver ? line.end : line.progress;
        setState({ what, found, error: null, standing: isOver ? 'ended' : 'running' });
      }
    } catch (error) {
      if (stop.signal.aborted) return;
      const failure = error instanceof Error ? error : new Error(String(error));
      setState((before) => ({ ...before, error: failure, standing: 'ended' }));
    }
  };
  const stop = () => {
    running.current?.abort();
    setState((before) => ({ ...before, standing: 'stopped' }));
  };
  return { state, start, stop };
}
