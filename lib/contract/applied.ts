import type { ErrorCode } from './errors';
import type { Classification } from './statements';

/** What is known of a change that was sent: it was made, it was not, or it may have been, or may still be. */
export const APPLIED = ['applied', 'not_applied', 'unknown'] as const;
export type Applied = (typeof APPLIED)[number];

/** The first column of what a conditional write returns (`ModificationStatement.CAS_RESULT_COLUMN`). */
export const APPLIED_COLUMN = '[applied]';

/**
 * What a server answers before it begins to write (native protocol v4, section 9), and what Ringside refuses itself: nothing
 * changed. After a timeout, a failure of a replica or a lost connection the change may have been made, or may still be.
 */
const NOTHING_WRITTEN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'invalid_request',
  'syntax_error',
  'invalid_statement',
  'unauthorized',
  'authentication_failed',
  'already_exists',
  'read_only',
  'confirmation_required',
  'approval_required',
  'not_enough_replicas',
  'overloaded',
  'bootstrapping',
  'not_prepared',
  'function_failure',
  'not_found',
  'cursor_refused',
]);

/**
 * What is known of a change after it failed.
 * @param isConditional Paxos accepts a change at the serial consistency before its commit is refused for want of replicas,
 *   or for too many hints (`StorageProxy.commitPaxos`, 4.0 to 5.0): a read at SERIAL then finds it
 */
export function appliedAfter(code: ErrorCode, isConditional: boolean): Applied {
  if (isConditional && (code === 'not_enough_replicas' || code === 'overloaded')) return 'unknown';
  return NOTHING_WRITTEN.has(code) ? 'not_applied' : 'unknown';
}

/** Whether a change runs through Paxos, or may: of what is no statement, nobody knows. */
export function mayBeConditional({ change }: Pick<Classification, 'change'>): boolean {
  return change?.isConditional ?? true;
}
