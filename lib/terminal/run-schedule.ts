import 'server-only';
import { addressOf } from '@/lib/contract/endpoint';
import { schedule, scheduleList } from '@/lib/contract/endpoints/schedules';
import { failedRowsOf } from '@/lib/contract/job-failures';
import type { Job } from '@/lib/contract/jobs';
import { type Schedule, type ScheduleRun, scheduleSchema, schedulesResponseSchema } from '@/lib/contract/schedules';
import { Failure } from '@/lib/failure';
import { addSchedule } from './add-schedule';
import type { ScheduleArguments } from './arguments';
import { byteText, grouped } from './progress-line';
import type { Reporter } from './reporter';
import { RunningServer } from './running-server';
import { tokenFor } from './token';

interface Asking {
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/**
 * Lists, shows, makes or runs schedules of a running Ringside: it alone writes their files and knows what is going.
 * @throws UsageError for a token that is none; Failure when it cannot be reached or refuses, and when the run does not end
 *   complete, with every row written
 */
export async function runSchedule(given: ScheduleArguments, asking: Asking): Promise<void> {
  const server = new RunningServer(given.server, asking.signal, await tokenFor(given, process.env));
  if (given.action === 'add') return addSchedule(given, server, asking);
  if (given.action === 'list') {
    const { schedules, standstill } = await server.ask(schedulesResponseSchema, addressOf(scheduleList.get, {}));
    if (standstill !== null) asking.reporter.error(`! No schedule runs there: ${standstill}`);
    process.stdout.write(schedules.map((one) => `${lineOf(one)}\n`).join(''));
    return;
  }
  const address = addressOf(schedule.get, { name: given.name });
  if (given.action === 'show') {
    process.stdout.write(`${textOf(await server.ask(scheduleSchema, address))}\n`);
    return;
  }
  const { runs } = await server.ask(scheduleSchema, address, { action: 'run' });
  const ended = await server.untilRested(runs[0]?.jobId ?? null);
  if (ended.state !== 'complete') throw notComplete(given.name, ended);
  if (failedRowsOf(ended) > 0) throw notAllWritten(given.name, ended);
  asking.reporter.note(`✓ complete: ${grouped(ended.rows)} rows · ${byteText(ended.bytes)} · ${ended.directory}`);
}

/** `nightly  next 2026-11-30T01:30:00.000Z  complete 2026-11-29T01:30:00.000Z`, for people and for cut(1). */
function lineOf({ name, isPaused, nextAt, runs: [last] }: Schedule): string {
  const next = isPaused ? 'paused' : (nextAt ?? 'never');
  return [name, next, last === undefined ? 'not run yet' : `${last.state} ${last.at}`].join('\t');
}

function textOf(one: Schedule): string {
  const { name, cluster, kind, statement, pattern, timeZone, keep, webhook, isPaused, nextAt, runs } = one;
  const kept = [
    keep.runs === null ? [] : [`${keep.runs} runs`],
    keep.days === null ? [] : [`${keep.days} days`],
  ].flat();
  return [
    `${name}: ${kind} on ${cluster}`,
    statement,
    `${pattern} (${timeZone})`,
    isPaused ? 'paused' : `next ${nextAt ?? 'never'}`,
    `keeps ${kept.length === 0 ? 'everything' : kept.join(' or ')}`,
    ...(webhook === null ? [] : [`webhook ${webhook}`]),
    ...runs.map(runText),
  ].join('\n');
}

function runText({ at, state, times, rows, message, hook }: ScheduleRun): string {
  const again = times > 1 ? ` ${times} times` : '';
  const reported = hook?.message == null ? '' : ` (webhook: ${hook.message})`;
  return `${at}  ${state}${again}  ${grouped(rows)} rows${message === null ? '' : `  ${message}`}${reported}`;
}

function notComplete(name: string, { state, error, directory }: Job): Failure {
  return new Failure({
    code: 'server_error',
    message: `The run of ${name} is ${state}${error === null ? '' : `: ${error.message}`}`,
    hint: error?.hint ?? `What it wrote is in ${directory}.`,
    retryable: false,
  });
}

function notAllWritten(name: string, ended: Job): Failure {
  return new Failure({
    code: 'server_error',
    message: `Of the run of ${name}, ${grouped(failedRowsOf(ended))} of ${grouped(ended.rows)} rows were not written, or not found afterwards.`,
    hint: `What failed is in ${ended.directory}.`,
    retryable: false,
  });
}
