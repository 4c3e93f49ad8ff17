import { appliedAfter } from '@/lib/contract/applied';
import type { ErrorCode } from '@/lib/contract/errors';

/** A request that failed. */
export interface FailedSend {
  readonly code: ErrorCode;
  /** The cause may pass. */
  readonly retryable: boolean;
  /** False: the request did not leave this server. */
  readonly isSent: boolean;
  readonly rows: number;
  /** How often it was sent before. */
  readonly attempt: number;
}

/**
 * What follows. `again`: the same rows after a pause; they have their timestamps, so it writes nothing twice. `alone`: each
 * row by itself, to find the one that is refused. `stop`: no row of this table would go through.
 */
export type AfterFailure =
  | { readonly do: 'again'; readonly waitMs: number; readonly mayBeWritten: boolean }
  | { readonly do: 'alone' }
  | { readonly do: 'stop' }
  | { readonly do: 'end'; readonly outcome: 'refused' | 'unknown' };

const PAUSES_MS = [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000] as const;
/** Of a fault that one row may cause each time. */
const FEW_PAUSES_MS = PAUSES_MS.slice(0, 3);
/** Not for one row alone. */
const STOPPING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'unauthorized',
  'authentication_failed',
  'tls_failed',
  'read_only',
]);
/** Faults of this server: sending again cannot help. */
const OURS: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['internal_error', 'malformed_response']);
/** Of the cluster, or of the way to it, and of no row. */
const LOST: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'cluster_unreachable',
  'not_enough_replicas',
  'overloaded',
  'bootstrapping',
  'request_timeout',
  'write_timeout',
]);

/** The cluster could not do it, whatever the rows are. */
export function isLost(code: ErrorCode): boolean {
  return LOST.has(code);
}

export function afterFailure({ code, retryable, isSent, rows, attempt }: FailedSend): AfterFailure {
  if (STOPPING.has(code)) return { do: 'stop' };
  const wroteNothing = !isSent || appliedAfter(code, false) === 'not_applied';
  const outcome = wroteNothing ? 'refused' : 'unknown';
  const mayPass = outcome === 'unknown' ? !OURS.has(code) : retryable || !isSent;
  const waitMs = mayPass ? (LOST.has(code) || !isSent ? PAUSES_MS : FEW_PAUSES_MS)[attempt] : undefined;
  if (waitMs !== undefined) return { do: 'again', waitMs, mayBeWritten: outcome === 'unknown' };
  return rows > 1 && !LOST.has(code) ? { do: 'alone' } : { do: 'end', outcome };
}
