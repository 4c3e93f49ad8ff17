import { errors } from 'cassandra-driver';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../failure';
import { unknownOutcome } from './unknown-outcome';

describe('a write that got no response', () => {
  it('is said to be unknown, is not one to try again, and keeps its cause', () => {
    const cause = new errors.OperationTimedOutError('The host did not reply before timeout 1500 ms', '10.0.0.1:9042');
    const failure = unknownOutcome(cause, { timeoutMs: 1_500, isConditional: false });
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
    expect(unknownOutcome(refused, { timeoutMs: 1_500, isConditional: true })).toBe(refused);
    const short = new Failure({ code: 'not_enough_replicas', message: 'Too few.', retryable: true });
    expect(unknownOutcome(short, { timeoutMs: 1_500, isConditional: false })).toBe(short);
    expect(unknownOutcome(short, { timeoutMs: 1_500, isConditional: true })).toMatchObject({
      cause: short,
      error: {
        code: 'not_enough_replicas',
        message: expect.stringMatching(/^Too few\. .* unknown\.$/),
        retryable: false,
      },
    });
  });
});
