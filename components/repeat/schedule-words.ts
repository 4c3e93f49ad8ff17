import type { Tone } from '@/components/ui/badge';
import type { Keep, Schedule, ScheduleRun, ScheduleState } from '@/lib/contract/schedules';
import { formatBytes, formatCount, plural } from '@/lib/text/format';

/** A schedule's times and runs in words. */

export const PATTERNS = [
  ['every hour', '0 * * * *'],
  ['every day at 02:30', '30 2 * * *'],
  ['every Monday at 02:30', '30 2 * * 1'],
  ['on the first of the month at 02:30', '30 2 1 * *'],
] as const satisfies readonly (readonly [label: string, pattern: string])[];

/** The pattern, in words where it is one of those that the form offers. */
export function patternWords(pattern: string): string {
  return PATTERNS.find(([, known]) => known === pattern)?.[0] ?? pattern;
}

/** Where a schedule is on its page. */
export function scheduleAnchor(name: string): string {
  return `schedule-${name}`;
}

/** The zone of this browser. */
export function readersZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A time on the clocks of a zone, with the zone: `Nov 30, 2026, 2:30 AM Europe/Berlin`. */
function timeIn(time: string, timeZone: string): string {
  try {
    const clock = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', timeZone });
    return `${clock.format(new Date(time))} ${timeZone}`;
  } catch (error) {
    // The server may know a zone that this browser does not.
    if (!(error instanceof RangeError) || timeZone === 'UTC') throw error;
    return timeIn(time, 'UTC');
  }
}

/** A time in the schedule's zone, and in the reader's where that shows another clock. */
export function timesIn(time: string, zone: string, reader: string): string {
  const [own, here] = [timeIn(time, zone), timeIn(time, reader)];
  const isSame = own === here || own.replace(zone, '') === here.replace(reader, '');
  return isSame ? own : `${own} (${here})`;
}

/** When it runs next, or why it does not. */
export function nextWords({ isPaused, nextAt, timeZone }: Schedule, reader: string): string {
  if (isPaused) return 'paused';
  return nextAt === null ? 'never comes again' : `next ${timesIn(nextAt, timeZone, reader)}`;
}

const STATES: Readonly<Record<ScheduleState, { readonly tone: Tone; readonly label: string }>> = {
  running: { tone: 'accent', label: 'Running' },
  paused: { tone: 'warn', label: 'Job paused' },
  complete: { tone: 'ok', label: 'Complete' },
  failed: { tone: 'danger', label: 'Failed' },
  cancelled: { tone: 'neutral', label: 'Cancelled' },
  skipped: { tone: 'warn', label: 'Skipped' },
  missed: { tone: 'warn', label: 'Missed' },
};

export function runStanding(run: ScheduleRun): { readonly tone: Tone; readonly label: string } {
  const { state, times, failedRows } = run;
  if (state === 'complete' && failedRows > 0) return { tone: 'warn', label: 'Complete, with failed rows' };
  const { tone, label } = STATES[state];
  return { tone, label: times > 1 ? `${label} ${formatCount(times)} times` : label };
}

/** When it was, what came of it, and what became of its report. */
export function runFacts(run: ScheduleRun, timeZone: string): string[] {
  const { at, by, rows, bytes, removed, hook, state } = run;
  const hasRows = state === 'running' || state === 'complete' || rows > 0;
  return [
    timeIn(at, timeZone),
    by === 'person' ? 'started by hand' : '',
    hasRows ? plural(rows, 'row') : '',
    hasRows ? formatBytes(bytes) : '',
    removed > 0 ? `${plural(removed, 'earlier run')} removed` : '',
    hook?.isDelivered === true ? 'webhook called' : '',
  ].filter((fact) => fact !== '');
}

/** What becomes of its files. */
export function keepWords({ runs, days }: Keep): string {
  const kept = [
    runs === null ? [] : [`the last ${plural(runs, 'run')}`],
    days === null ? [] : [`the runs of ${plural(days, 'day')}`],
  ].flat();
  return kept.length === 0 ? 'keeps all files' : `keeps the files of ${kept.join(' and ')}`;
}
