'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { useResultState } from '@/components/results/use-result';
import type { ResultReader } from '@/lib/reader/result-reader';
import { formatElapsed } from '@/lib/text/format';
import type { Run, Step } from '@/lib/workbench/run';
import type { RunSession } from '@/lib/workbench/run-session';
import { runTimeWords, spentMs, timedStep, timeWords } from '@/lib/workbench/run-time';

/** Often enough to be seen to run, rarely enough to cost nothing. */
const TICK_MS = 100;

/** How long the statement has been running, or took. */
export default function RunClock({ session }: { session: RunSession }) {
  const { run, readers } = useSyncExternalStore(session.subscribe, session.getState, session.getState);
  const step = timedStep(run);
  const reader = step && readers.get(step.id);
  if (run === null || step === undefined || reader === undefined) return null;
  return <Clock key={step.id} run={run} step={step} reader={reader} />;
}

function Clock({ run, step, reader }: { run: Run; step: Step; reader: ResultReader }) {
  const { reading } = useResultState(reader);
  const isRunning = reading.phase === 'reading';
  const nowMs = useNow(isRunning);
  const { state } = step;
  const taken = state.status === 'ended' ? (runTimeWords(run) ?? timeWords(state)) : null;
  return (
    <span
      role="timer"
      aria-label="Duration"
      title="From sending the statement, measured in this browser; pauses between pages are left out"
      className="min-w-12 text-right text-muted text-xs tabular-nums"
    >
      {isRunning || taken === null ? formatElapsed(spentMs(step, reading, nowMs)) : taken}
    </span>
  );
}

/** The time, kept up to date while it is `wanted`. */
function useNow(wanted: boolean): number {
  const [nowMs, setNowMs] = useState(0);
  useEffect(() => {
    if (!wanted) return;
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [wanted]);
  return nowMs;
}
