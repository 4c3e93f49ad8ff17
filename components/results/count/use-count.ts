import { useEffect, useRef, useState } from 'react';
import { countRows } from '@/lib/client/count';
import { type ErrorText, errorText } from '@/lib/client/error-text';
import { ApiFailure } from '@/lib/client/http';
import type { CountRequest } from '@/lib/contract/reads';
import type { ScanProgress } from '@/lib/contract/scans';

/** `idle`: not started. Only `counted` knows how many rows there are; `stopped` and `failed` know how far it got. */
export type Counting =
  | { readonly state: 'idle' }
  | { readonly state: 'counting' | 'stopped'; readonly progress: ScanProgress | null }
  | { readonly state: 'failed'; readonly progress: ScanProgress | null; readonly error: ErrorText }
  | { readonly state: 'counted'; readonly rows: number; readonly elapsedMs: number; readonly statement: string };

const IDLE: Counting = { state: 'idle' };

/** Counts the rows of `request` on demand. Another request, or leaving the page, ends a running count. */
export function useCount(cluster: string, request: CountRequest) {
  const key = JSON.stringify([cluster, request]);
  const [held, setHeld] = useState<{ key: string; counting: Counting }>({ key, counting: IDLE });
  const running = useRef<AbortController>(undefined);
  // A number belongs only to what was counted.
  useEffect(() => {
    void key;
    return () => running.current?.abort();
  }, [key]);

  const start = () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const show = (counting: Counting) => {
      if (running.current === controller) setHeld({ key, counting });
    };
    void count(cluster, request, controller.signal, show);
  };
  return { counting: held.key === key ? held.counting : IDLE, start, stop: () => running.current?.abort() };
}

async function count(cluster: string, request: CountRequest, signal: AbortSignal, show: (counting: Counting) => void) {
  let progress: ScanProgress | null = null;
  show({ state: 'counting', progress });
  try {
    for await (const line of countRows(cluster, request, signal)) {
      if ('progress' in line) progress = line.progress;
      if ('progress' in line) show({ state: 'counting', progress });
      else if ('end' in line) show({ state: 'counted', ...line.end });
      else show({ state: 'failed', progress, error: errorText(new ApiFailure(line.error, 0)) });
    }
  } catch (error) {
    show(signal.aborted ? { state: 'stopped', progress } : { state: 'failed', progress, error: errorText(error) });
  }
}
