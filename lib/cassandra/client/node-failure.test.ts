import { errors } from 'cassandra-driver';
import { describe, expect, it } from 'vitest';
import { toFailure } from './errors';
import { nodeFailure } from './node-failure';

const NODE = '127.0.0.3:9042';
const coded = (code: string) => Object.assign(new Error(code), { code });
const noHost = (reason: unknown) =>
  Object.assign(new errors.NoHostAvailableError({}), { innerErrors: { [NODE]: reason } });

describe('a request to one node that fails', () => {
  it.each<[string, unknown, string]>([
    ['the driver has marked it as down', noHost('Host considered as DOWN'), 'its connections are closed'],
    ['it refuses connections', noHost(coded('ECONNREFUSED')), 'it refuses connections'],
    ['its connection broke', coded('ECONNRESET'), 'the connection broke'],
    ['no connection is open yet', noHost(new Error('No connection available')), 'no connection to it is open'],
    ['the reason is unknown', noHost(coded('EODD')), 'it cannot be reached'],
  ])('names the node and why, where %s', (_, error, why) => {
    for (const failed of [error, toFailure(error)]) {
      const { error: failure } = nodeFailure(failed, NODE);
      expect(failure.code).toBe('cluster_unreachable');
      expect(failure.message).toContain(`${NODE} does not answer: ${why}`);
      expect(failure.hint).toContain('Check that Cassandra runs there');
      expect(failure.message).not.toContain('No node');
    }
  });

  it('keeps what the node itself said', () => {
    const said = new errors.ResponseError(0x2200, 'no such table');
    expect(nodeFailure(said, NODE).error.code).toBe('invalid_statement');
  });
});
