import 'server-only';
import type { ScheduleRun } from '@/lib/contract/schedules';
import type { ScheduleFile } from './schedule-file';

const TIMEOUT_MS = 10_000;

type Delivery = NonNullable<ScheduleRun['hook']>;

/** What a webhook gets about a run. No statement, no message, no path: they can quote values or names of files. */
export function reportOf(
  { name: schedule, cluster, kind, timeZone }: ScheduleFile,
  { id, at, by, state, endedAt, rows, bytes, failedRows, jobId }: ScheduleRun,
) {
  const outcome = { state, endedAt, rows, bytes, failedRows };
  return { version: 1, schedule, cluster, kind, timeZone, run: id, job: jobId, at, by, ...outcome };
}

/**
 * Posts a report once: a receiver that got it and did not answer would get it twice otherwise. Never fails, and never says
 * the address, which may hold a token.
 * @param name of the webhook in the configuration
 */
export async function deliver(
  webhooks: ReadonlyMap<string, string>,
  name: string,
  report: object,
  signal: AbortSignal,
): Promise<Delivery> {
  const url = webhooks.get(name);
  if (url === undefined) return failed(`The configuration has no webhook “${name}” any more.`);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'ringside' },
      body: JSON.stringify(report),
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    if (response.ok) return { isDelivered: true, message: null };
    const isRedirect = response.status >= 300 && response.status < 400;
    return failed(`It answered ${response.status}${isRedirect ? '; redirects are not followed' : ''}.`);
  } catch (error) {
    if (signal.aborted) return failed('Ringside was stopped before it answered.');
    return failed(isTimeout(error) ? `It did not answer within ${TIMEOUT_MS / 1_000} s.` : unreached(error));
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

function unreached(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return `It could not be reached${code}.`;
}

function failed(message: string): Delivery {
  return { isDelivered: false, message };
}
