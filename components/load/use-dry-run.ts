import { useCallback, useEffect, useRef, useState } from 'react';
import { readDry } from '@/lib/client/load';
import type { DryCounts, LoadDryRunLine, LoadDuplicate, LoadProblem, LoadRequest } from '@/lib/contract/load';

export interface DryRun {
  /** What was read; another request needs another dry run. */
  readonly request: LoadRequest;
  readonly counts: DryCounts | null;
  readonly problems: readonly LoadProblem[];
  readonly duplicates: readonly LoadDuplicate[];
  readonly standing: 'running' | 'stopped' | 'ended' | 'failed';
  /** Why the input could not be read to its end. */
  readonly message: string | null;
  readonly sha256: string | null;
  /** Why the server could not do it. */
  readonly error: unknown;
}

/** Before the first line. */
export function begun(request: LoadRequest): DryRun {
  return {
    request,
    counts: null,
    problems: [],
    duplicates: [],
    standing: 'running',
    message: null,
    sha256: null,
    error: null,
  };
}

function after(run: DryRun, line: LoadDryRunLine): DryRun {
  if ('problems' in line) return { ...run, problems: [...run.problems, ...line.problems] };
  if ('duplicates' in line) return { ...run, duplicates: [...run.duplicates, ...line.duplicates] };
  if ('progress' in line) return { ...run, counts: line.progress };
  const { outcome, message, counts, sha256 } = line.end;
  return { ...run, standing: outcome === 'complete' ? 'ended' : 'failed', message, counts, sha256 };
}

/** Reads all of a file without writing anything. It ends when the page is left. */
export function useDryRun(cluster: string) {
  const [run, setRun] = useState<DryRun | null>(null);
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);
  const start = useCallback(
    async (request: LoadRequest) => {
      abort.current?.abort();
      const mine = new AbortController();
      abort.current = mine;
      const { signal } = mine;
      let now = begun(request);
      setRun(now);
      try {
        for await (const line of readDry(cluster, request, signal)) {
          now = after(now, line);
          setRun(now);
        }
      } catch (error) {
        if (!signal.aborted) setRun({ ...now, standing: 'failed', error });
      }
    },
    [cluster],
  );
  const stop = useCallback(() => {
    abort.current?.abort();
    setRun((now) => (now?.standing === 'running' ? { ...now, standing: 'stopped' } : now));
  }, []);
  return { run, start, stop };
}
