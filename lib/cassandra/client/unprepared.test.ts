import { errors, types } from 'cassandra-driver';
import { describe, expect, it } from 'vitest';
import { appliedAfter } from '@/lib/contract/applied';
import { toFailure } from './errors';
import { isUnprepared } from './unprepared';

const forgotten = new errors.ResponseError(types.responseErrorCodes.unprepared, 'Prepared query not found');
const refused = new errors.ResponseError(types.responseErrorCodes.invalid, 'Undefined column name v');
const noHost = (reasons: Readonly<Record<string, unknown>>) =>
  new errors.NoHostAvailableError(Object.assign(Object.create(null), reasons));

describe('a request of which nothing ran', () => {
  it.each<[string, unknown, boolean]>([
    ['a node that has forgotten its statement', forgotten, true],
    ['all of them', noHost({ a: forgotten, b: forgotten }), true],
    ['one, and another that is down', noHost({ a: forgotten, b: 'The host is down' }), true],
    ['one, and another without a connection', noHost({ a: new Error('No connection available'), b: forgotten }), true],
    [
      'one, and another that may have run it',
      noHost({ a: forgotten, b: new errors.OperationTimedOutError('late') }),
      false,
    ],
    ['a statement that is refused', refused, false],
    ['no node at all', noHost({}), false],
    ['anything else', new Error('Prepared query not found'), false],
  ])('%s', (_, error, expected) => {
    expect(isUnprepared(error)).toBe(expected);
    // Of a write it is known then that it was not made, wherever it was sent from.
    const { code } = toFailure(error).error;
    expect(code === 'not_prepared').toBe(expected);
    if (expected) expect(appliedAfter(code, true)).toBe('not_applied');
  });
});
