import { errors } from 'cassandra-driver';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../failure';
import { unknownOutcome } from './unknown-outcome';

describe('a write that got no response', () => {
  it('is said to be unknown, is not one to try again, and keeps its cause', () => {
    const cause = new errors.OperationTimedOutError('The host did not reply before timeout 1500 ms', '10.0.0.1:9042');
    const failure = unknownOutcome(cause, 1_500);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({
      cause,
      error: {
        code: 'request_timeout',
        message: 'No response within 1.5 s: whether the write was applied is unknown.',
        detail: 'The host did not reply before timeout 1500 ms',
        retryable: false,
      },
    });
  });

  it('is nothing else', () => {
    const refused = new Failure({ code: 'invalid_statement', message: 'no', retryable: false });
    expect(unknownOutcome(refused, 1_500)).toBe(refused);
  });
});
