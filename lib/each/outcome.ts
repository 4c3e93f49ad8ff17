import { appliedAfter } from '@/lib/contract/applied';
import type { ErrorCode } from '@/lib/contract/errors';
import type { EachFault } from '@/lib/contract/parameters';

interface Sent {
  /** A read that fails changed nothing, whatever happened to it. */
  readonly isWrite: boolean;
  readonly isConditional: boolean;
  /** False: the request did not leave this server. */
  readonly isSent: boolean;
}

export function faultOutcome(code: ErrorCode, { isWrite, isConditional, isSent }: Sent): EachFault['outcome'] {
  return !isWrite || !isSent || appliedAfter(code, isConditional) === 'not_applied' ? 'refused' : 'unknown';
}
