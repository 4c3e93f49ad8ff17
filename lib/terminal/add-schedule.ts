import 'server-only';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { addressOf } from '@/lib/contract/endpoint';
import { scheduleCreate, schedulePlan } from '@/lib/contract/endpoints/schedules';
import { parseJson } from '@/lib/contract/json';
import { schedulePlanSchema, scheduleSchema } from '@/lib/contract/schedules';
import type { AddScheduleArguments } from './arguments';
import { confirmedBy } from './confirmed';
import type { Reporter } from './reporter';
import type { RunningServer } from './running-server';
import { UsageError } from './usage';

interface Adding {
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/**
 * Shows what the runs of a new schedule would send, and keeps it; what writes only once that is confirmed.
 * @throws UsageError when the request is not JSON or nobody confirms, Failure when the server refuses
 */
export async function addSchedule(
  given: AddScheduleArguments,
  server: RunningServer,
  { reporter, signal }: Adding,
): Promise<void> {
  const { cluster, kind, name, pattern, timeZone } = given;
  const request = await requestIn(given.request);
  const plan = await server.ask(schedulePlanSchema, addressOf(schedulePlan.post, { cluster }), { kind, request });
  const { statement, notes, isWrite, confirmName } = plan;
  process.stdout.write([statement, ...notes.map((note) => `- ${note}`)].map((line) => `${line}\n`).join(''));
  const question = `Repeat this as ${name}?`;
  const typed = isWrite ? await confirmedBy({ question, confirmName }, given, signal) : undefined;
  const confirm = { statement, ...(typed === undefined ? {} : { name: typed }) };
  const made = await server.ask(scheduleSchema, addressOf(scheduleCreate.post, { cluster }), {
    ...{ name, kind, request, pattern, timeZone, webhook: given.webhook ?? null },
    keep: { runs: given.keepRuns ?? null, days: given.keepDays ?? null },
    ...(isWrite ? { confirm } : {}),
  });
  reporter.note(`✓ ${name}: next ${made.nextAt ?? 'never'}`);
}

async function requestIn(file: string): Promise<unknown> {
  const read = file === '-' ? text(process.stdin) : readFile(file, 'utf8');
  const content = await read.catch((cause: unknown) => {
    throw new UsageError(`${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  });
  const request = parseJson(content);
  if (request !== undefined) return request;
  throw new UsageError(`${file === '-' ? 'Standard input' : file} is not JSON.`);
}
