import { policies } from 'cassandra-driver';
import { describe, expect, it } from 'vitest';
import { ONCE } from './writes';

describe('a write', () => {
  it.each(['onUnavailable', 'onWriteTimeout', 'onReadTimeout', 'onRequestError'])('is sent once, also %s', (name) => {
    expect(ONCE.isIdempotent).toBe(false);
    const { retry } = ONCE;
    if (retry === undefined) throw new Error('the driver’s own policy sends some writes again');
    // The policy decides without looking at the request.
    const decide: unknown = Reflect.get(retry, name);
    if (typeof decide !== 'function') throw new Error(`the policy has no ${name}`);
    expect(Reflect.apply(decide, retry, [])).toEqual(new policies.retry.RetryPolicy().rethrowResult());
  });
});
