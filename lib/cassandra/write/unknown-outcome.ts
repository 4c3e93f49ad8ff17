import 'server-only';
import type { ApiError } from '@/lib/contract/errors';
import { formatElapsed } from '@/lib/text/format';
import { Failure } from '../../failure';
import { toFailure } from '../client/errors';

interface Sent {
  readonly timeoutMs: number;
  readonly isConditional: boolean;
}

/**
 * The failure of a write. After a timeout of Ringside's own nobody knows whether the write was applied: the node received
 * it and may still be working on it, so it is not one to try again. Neither is a conditional write that lacked replicas:
 * see `appliedAfter`.
 */
export function unknownOutcome(error: unknown, { timeoutMs, isConditional }: Sent): unknown {
  const { error: failure } = toFailure(error);
  if (isConditional && failure.code === 'not_enough_replicas') return uncommitted(failure, error);
  if (failure.code !== 'request_timeout') return error;
  return new Failure(
    {
      ...failure,
      message: `No response within ${formatElapsed(timeoutMs)}: whether the write was applied is unknown.`,
      hint: 'The node may still apply it. Read what it changes before you run it again: a counter would count twice.',
      retryable: false,
    },
    { cause: error },
  );
}

function uncommitted(failure: ApiError, cause: unknown): Failure {
  return new Failure(
    {
      ...failure,
      message: `${failure.message} The conditional write may have been accepted before that: whether it was applied is unknown.`,
      hint: 'Read the row with consistency SERIAL, which finishes what is pending, before you write again. A lower consistency level needs fewer replicas.',
      retryable: false,
    },
    { cause },
  );
}
