import { errors } from 'cassandra-driver';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasNoConnection, onceConnected } from './once-connected';

const poolEmpty = new Error('No connection available');
const noHost = (innerErrors: object) => Object.assign(new errors.NoHostAvailableError({}), { innerErrors });

describe('nothing was sent', () => {
  it.each<[string, unknown, boolean]>([
    ['when the only node has no connection', poolEmpty, true],
    ['when no node has one', noHost({ a: poolEmpty, b: poolEmpty }), true],
    ['when the other nodes are marked down', noHost({ a: 'Host considered as DOWN', b: poolEmpty }), true],
    ['but waiting is useless when all nodes are marked down', noHost({ a: 'Host considered as DOWN' }), false],
    ['is false when one answered', noHost({ a: poolEmpty, b: new errors.ResponseError(0x1000, 'no') }), false],
    ['is false for a broken connection', noHost({ a: Object.assign(new Error('x'), { code: 'ECONNRESET' }) }), false],
    ['is false for a timeout', new errors.OperationTimedOutError('late'), false],
    ['is false without nodes', noHost({}), false],
  ])('%s', (_, error, expected) => {
    expect(hasNoConnection(error)).toBe(expected);
  });
});

describe('a request', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is retried until there is a connection', async () => {
    const ask = vi
      .fn()
      .mockRejectedValueOnce(poolEmpty)
      .mockRejectedValueOnce(noHost({ a: poolEmpty }))
      .mockResolvedValue(7);
    const answer = onceConnected(ask);
    await vi.advanceTimersByTimeAsync(200);
    expect(await answer).toBe(7);
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it('is not retried for any other reason', async () => {
    const ask = vi.fn().mockRejectedValue(new Error('other'));
    await expect(onceConnected(ask)).rejects.toThrow('other');
    expect(ask).toHaveBeenCalledOnce();
  });

  it('fails after three seconds without a connection', async () => {
    const outcome = expect(onceConnected(() => Promise.reject(poolEmpty))).rejects.toBe(poolEmpty);
    await vi.advanceTimersByTimeAsync(3_100);
    await outcome;
  });
});
