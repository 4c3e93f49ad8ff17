import type { ReadState } from '@/lib/reader/read-state';
import { formatElapsed, plural } from '@/lib/text/format';
import type { Run, Step, StepEnd } from './run';

/** The statement whose time the bar shows: the one that runs, else the last that ran. */
export function timedStep(run: Run | null): Step | undefined {
  return run?.steps.findLast(({ state }) => state.status === 'running' || state.status === 'ended');
}

/** How long a statement has been read so far, pauses left out. */
export function spentMs({ state }: Step, { phase, pace }: Pick<ReadState, 'phase' | 'pace'>, nowMs: number): number {
  const before = state.status === 'ended' ? state.elapsedMs : 0;
  return phase === 'reading' ? before + Math.max(0, nowMs - pace.sinceMs) : before;
}

/** How long a statement took: `first row after 12 ms · 1.3 s in all`, or one time where both are the same. */
export function timeWords({
  pages,
  firstRowMs,
  elapsedMs,
}: Pick<StepEnd, 'pages' | 'firstRowMs' | 'elapsedMs'>): string {
  const all = formatElapsed(elapsedMs);
  // Of a single page the first row comes with the last.
  if (pages < 2) return all;
  const first = firstRowMs === null ? '' : `first row after ${formatElapsed(firstRowMs)} · `;
  return `${first}${all} in all`;
}

/** What all statements of a run took together, for a run of several that has ended; undefined otherwise. */
export function runTimeWords({ steps }: Run): string | undefined {
  const ended = steps.flatMap(({ state }) => (state.status === 'ended' ? [state.elapsedMs] : []));
  const isOver = steps.every(
    ({ state: { status } }) => status === 'ended' || status === 'not_run' || status === 'noted',
  );
  if (steps.length < 2 || ended.length === 0 || !isOver) return undefined;
  return `${plural(ended.length, 'statement')} · ${formatElapsed(ended.reduce((sum, one) => sum + one, 0))}`;
}
