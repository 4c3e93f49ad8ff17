import 'server-only';
import { failedRowsOf } from '@/lib/contract/job-failures';
import type { Job } from '@/lib/contract/jobs';
import type { ScheduleRun, ScheduleState } from '@/lib/contract/schedules';
import { isActive } from '@/lib/contract/transfers';
import { plural } from '@/lib/text/format';

/** The runs that a schedule remembers. */
const MOST_RUNS = 30;

/** A run as it begins, or as it is at once skipped or missed. */
export function newRun(
  run: Pick<ScheduleRun, 'id' | 'by' | 'state'> & { readonly at: Date; readonly message?: string },
): ScheduleRun {
  const { at, message = null, ...rest } = run;
  const endedAt = rest.state === 'running' ? null : at.toISOString();
  return {
    ...rest,
    at: at.toISOString(),
    times: 1,
    jobId: null,
    endedAt,
    rows: 0,
    bytes: 0,
    failedRows: 0,
    message,
    removed: 0,
    hook: null,
  };
}

/** Newest first. Skipped runs in a row are one, with their number, or an hour of them would push out all others. */
export function withRun(runs: readonly ScheduleRun[], run: ScheduleRun): ScheduleRun[] {
  const [last] = runs;
  if (last !== undefined && isSkippedAgain(last, run)) return [{ ...last, times: last.times + 1 }, ...runs.slice(1)];
  return [run, ...runs].slice(0, MOST_RUNS);
}

/** Whether the run is one more of those that were skipped before it. */
export function isSkippedAgain(last: ScheduleRun | undefined, { state }: Pick<ScheduleRun, 'state'>): boolean {
  return state === 'skipped' && last?.state === 'skipped';
}

/** The runs with a change to one of them; the same where it is no longer remembered. */
export function changedRun(
  runs: readonly ScheduleRun[],
  id: string,
  change: (run: ScheduleRun) => ScheduleRun,
): ScheduleRun[] {
  return runs.map((run) => (run.id === id ? change(run) : run));
}

/** A run as its job stands. */
export function runOfJob(run: ScheduleRun, job: Job): ScheduleRun {
  const { id: jobId, endedAt, rows, bytes, error } = job;
  const failedRows = failedRowsOf(job);
  const message = error?.message ?? (failedRows === 0 ? null : failedWords(failedRows));
  return { ...run, state: stateOf(job), jobId, endedAt, rows, bytes, failedRows, message };
}

function failedWords(rows: number): string {
  return `${plural(rows, 'row')} ${rows === 1 ? 'was' : 'were'} not written, or not found afterwards. The job’s files have what failed.`;
}

function stateOf({ state }: Job): ScheduleState {
  return state === 'waiting' ? 'running' : state;
}

/**
 * Whether a run of this schedule goes on: a job of it runs or waits, or is about to be made. One that a person paused, or
 * that failed, holds up nothing.
 */
export function isGoing(
  { id, runs }: { readonly id: string; readonly runs: readonly ScheduleRun[] },
  jobs: readonly Pick<Job, 'state' | 'schedule'>[],
): boolean {
  const own = jobs.filter(({ schedule }) => schedule?.id === id);
  const isBegun = (run: ScheduleRun) => own.some(({ schedule }) => schedule?.run === run.id);
  return own.some(isActive) || runs.some((run) => run.state === 'running' && !isBegun(run));
}
