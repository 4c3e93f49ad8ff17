import 'server-only';
import { formatElapsed } from '@/lib/text/format';
import { Failure } from '../../failure';
import { toFailure } from '../client/errors';

/**
 * The failure of a write. After a timeout of Ringside's own nobody knows whether the write was applied: the node received
 * it and may still be working on it, so it is not one to try again.
 */
export function unknownOutcome(error: unknown, timeoutMs: number): unknown {
  const { error: failure } = toFailure(error);
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
