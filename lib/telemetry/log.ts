import 'server-only';
import { readEnvironment } from '@/lib/env';

/** One request as the log has it: never its address or input, which can hold values and statements. */
export interface LoggedRequest {
  /** Its name in the table of endpoints. */
  readonly endpoint: string;
  readonly status: number;
  /** Until the response began. */
  readonly elapsedMs: number;
}

/** Logs an answered request where the log is for programs; a terminal stays quiet. */
export function logRequest({ elapsedMs, ...request }: LoggedRequest): void {
  if (readEnvironment().RINGSIDE_LOG !== 'json') return;
  // server/log.mjs makes a line of JSON from it, with time and request id.
  console.info({ message: 'request', ...request, elapsedMs: Math.round(elapsedMs * 10) / 10 });
}
