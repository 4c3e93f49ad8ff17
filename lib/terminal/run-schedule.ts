import 'server-only';
import { addressOf } from '@/lib/contract/endpoint';
import { job } from '@/lib/contract/endpoints/exports';
import { schedule, scheduleList } from '@/lib/contract/endpoints/schedules';
import { type ApiError, errorBodySchema } from '@/lib/contract/errors';
import { type Job, jobSchema } from '@/lib/contract/jobs';
import { parseJson } from '@/lib/contract/json';
import { type Schedule, type ScheduleRun, scheduleSchema, schedulesResponseSchema } from '@/lib/contract/schedules';
import { isActive } from '@/lib/contract/transfers';
import { Failure } from '@/lib/failure';
import type { ScheduleArguments } from './arguments';
import { byteText, grouped } from './progress-line';
import type { Reporter } from './reporter';

interface Asking {
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/**
 * Lists, shows or runs schedules of a running Ringside: it alone writes their files and knows what is going.
 * @throws Failure when it cannot be reached or refuses, and when the run does not end complete
 */
export async function runSchedule(given: ScheduleArguments, asking: Asking): Promise<void> {
  const server = new Server(given.server, asking.signal);
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
  asking.reporter.note(`✓ complete: ${grouped(ended.rows)} rows · ${byteText(ended.bytes)} · ${ended.directory}`);
}

/** A running Ringside. */
class Server {
  constructor(
    readonly address: string,
    readonly signal: AbortSignal,
  ) {}

  /** @throws Failure of the server, or `server_error` when none answers */
  async ask<T>(schema: Parser<T>, path: string, body?: object): Promise<T> {
    const response = await this.request(path, body);
    const parsed = schema.safeParse(parseJson(await response.text()));
    if (parsed.success) return parsed.data;
    throw unexpected(this.address);
  }

  /** Follows a job until it has ended or was paused. */
  async untilRested(id: string | null): Promise<Job> {
    if (id === null) throw unexpected(this.address);
    const response = await this.request(addressOf(job.get, { id }));
    let text = '';
    const decoder = new TextDecoder();
    const reader = response.body?.getReader();
    for (let step = await reader?.read(); step?.value !== undefined; step = await reader?.read()) {
      const lines = (text + decoder.decode(step.value, { stream: true })).split('\n');
      text = lines.pop() ?? '';
      const now = jobSchema.safeParse(parseJson(lines.at(-1) ?? '')).data;
      if (now !== undefined && !isActive(now)) return now;
    }
    throw unexpected(this.address);
  }

  async request(path: string, body?: object): Promise<Response> {
    const headers = { 'x-ringside': '1', ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(new URL(path, this.address), { headers, signal: this.signal, ...sent }).catch(
      (cause: unknown) => {
        throw this.signal.aborted ? this.signal.reason : unreached(this.address, cause);
      },
    );
    if (response.ok) return response;
    const refused = errorBodySchema.safeParse(parseJson(await response.text()));
    throw refused.success ? asServers(refused.data.error) : unexpected(this.address);
  }
}

/** Hints of the command line’s own requests name its options, which do not matter here. */
function asServers({ message, hint, detail, retryable }: ApiError): Failure {
  const more = { ...(hint === undefined ? {} : { hint }), ...(detail === undefined ? {} : { detail }) };
  return new Failure({ code: 'server_error', message, ...more, retryable });
}

interface Parser<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
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

function unreached(address: string, cause: unknown): Failure {
  return new Failure(
    {
      code: 'server_error',
      message: `No Ringside answers at ${address}.`,
      hint: 'Schedules are run by a running Ringside. Start it, or name another with --server.',
      retryable: true,
    },
    { cause },
  );
}

function unexpected(address: string): Failure {
  return new Failure({
    code: 'malformed_response',
    message: `What answers at ${address} is not a Ringside of this version.`,
    retryable: false,
  });
}
