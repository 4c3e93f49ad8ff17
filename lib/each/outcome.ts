import type { ErrorCode } from '@/lib/contract/errors';
import type { EachFault } from '@/lib/contract/parameters';

/**
 * What a server answers before it begins to write (native protocol v4, section 9): the row certainly changed nothing.
 * After a timeout, a failure of a replica or a lost connection the write may have been applied, or may still be.
 */
const NOTHING_WRITTEN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'invalid_request',
  'syntax_error',
  'invalid_statement',
  'unauthorized',
  'authentication_failed',
  'not_enough_replicas',
  'overloaded',
  'bootstrapping',
  'function_failure',
  'not_found',
]);

/**
 * @param isWrite a read that fails changed nothing, whatever happened to it
 * @param isSent false: the request did not leave this server
 */
export function faultOutcome(code: ErrorCode, isWrite: boolean, isSent: boolean): EachFault['outcome'] {
  return !isWrite || !isSent || NOTHING_WRITTEN.has(code) ? 'refused' : 'unknown';
}
