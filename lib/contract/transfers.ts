import * as z from 'zod/mini';
import { apiErrorSchema } from './errors';
import { scanProgressSchema } from './scans';

/**
 * How rows on their way into files stand, whoever writes them: a download, a job of the server or the page itself.
 * `waiting`: others run first. `running`. `paused`, `stopped`: by a person. `failed`: see the error. `broken`: the page or
 * its connection went away. `complete`: nothing is missing. `cancelled`: for good.
 */
export type TransferState =
  | 'waiting'
  | 'running'
  | 'paused'
  | 'stopped'
  | 'failed'
  | 'broken'
  | 'complete'
  | 'cancelled';

/** Will it change without anybody's doing? */
export function isActive({ state }: { readonly state: TransferState }): boolean {
  return state === 'waiting' || state === 'running';
}

/** What downloads and jobs say alike. */
export const transferShape = {
  id: z.string(),
  cluster: z.string(),
  /** What is moved, for people: `flights.by_origin_day` or the statement. */
  title: z.string(),
  statement: z.string(),
  rows: z.int(),
  /** Of the files so far. */
  bytes: z.int(),
  endedAt: z.nullable(z.string()),
  /** Of running, all runs together. */
  elapsedMs: z.number(),
  error: z.nullable(apiErrorSchema),
  /** Null before the first page, and for a job that has not run since Ringside was started. */
  scan: z.nullable(scanProgressSchema),
};
