import 'server-only';
import { randomUUID } from 'node:crypto';
import type { HistoryEntry } from '@/lib/contract/history';
import type { RunOutcome } from '@/lib/contract/run-ends';
import type { ScheduleRun, ScheduleState } from '@/lib/contract/schedules';
import { withoutPasswords } from '@/lib/cql/redact';
import type { ScheduleFile } from './schedule-file';

const OUTCOMES: Readonly<Partial<Record<ScheduleState, RunOutcome>>> = {
  complete: 'complete',
  failed: 'failed',
  cancelled: 'stopped',
  skipped: 'stopped',
  missed: 'stopped',
};

/** A run that is over as the history keeps it; null while it may go on. */
export function historyEntryOf(
  { name, owner, description, kind }: ScheduleFile,
  run: ScheduleRun,
  isWrite: boolean,
): HistoryEntry | null {
  const outcome = OUTCOMES[run.state];
  if (outcome === undefined) return null;
  const { text: statement, isRedacted } = withoutPasswords(description.statement);
  const message = isRedacted ? null : run.message;
  return {
    // A failed run that somebody resumes ends a second time.
    id: randomUUID(),
    at: run.at,
    who: owner,
    statement,
    isRedacted,
    keyspace: null,
    consistency: description.consistency,
    isWrite,
    cost: isWrite ? 'write' : 'none',
    // How many rows of a write were applied, its job says.
    outcome: isWrite && outcome === 'complete' ? 'done' : outcome,
    rows: run.rows,
    elapsedMs: run.endedAt === null ? 0 : Math.max(0, Date.parse(run.endedAt) - Date.parse(run.at)),
    ...(message === null ? {} : { message }),
    schedule: `${name} (${kind})`,
  };
}
