import { describe, expect, it } from 'vitest';
import { afterFailure, type FailedSend } from './after-failure';

const sent = (given: Partial<FailedSend>): FailedSend => ({
  ...{ code: 'write_timeout', retryable: false, isSent: true, rows: 1, attempt: 0 },
  ...given,
});

describe('what follows a request that failed', () => {
  it.each<[string, Partial<FailedSend>, ReturnType<typeof afterFailure>]>([
    ['a timeout may have written', {}, { do: 'again', waitMs: 100, mayBeWritten: true }],
    ['pauses grow', { attempt: 4 }, { do: 'again', waitMs: 1_600, mayBeWritten: true }],
    ['and end', { attempt: 9 }, { do: 'end', outcome: 'unknown' }],
    ['rows of a lost cluster are not tried alone', { attempt: 9, rows: 5 }, { do: 'end', outcome: 'unknown' }],
    [
      'too few replicas wrote nothing',
      { code: 'not_enough_replicas', retryable: true },
      { do: 'again', waitMs: 100, mayBeWritten: false },
    ],
    [
      'nor did what was not sent',
      { code: 'cluster_unreachable', isSent: false },
      { do: 'again', waitMs: 100, mayBeWritten: false },
    ],
    [
      'nor did nodes that lacked the statement',
      { code: 'not_prepared', retryable: true },
      { do: 'again', waitMs: 100, mayBeWritten: false },
    ],
    [
      'which is tried a few times',
      { code: 'not_prepared', retryable: true, attempt: 3 },
      { do: 'end', outcome: 'refused' },
    ],
    ['a level that cannot be met', { code: 'not_enough_replicas' }, { do: 'end', outcome: 'refused' }],
    ['a value that is refused', { code: 'invalid_statement' }, { do: 'end', outcome: 'refused' }],
    ['one of several is found', { code: 'invalid_statement', rows: 2 }, { do: 'alone' }],
    [
      'an error of the server is tried a few times',
      { code: 'server_error', attempt: 3 },
      { do: 'end', outcome: 'unknown' },
    ],
    ['and may be one row’s fault', { code: 'server_error', attempt: 3, rows: 2 }, { do: 'alone' }],
    ['a fault of ours is not repeated', { code: 'internal_error' }, { do: 'end', outcome: 'unknown' }],
    ['no row may be written', { code: 'unauthorized', rows: 3 }, { do: 'stop' }],
  ])('%s', (_, given, expected) => {
    expect(afterFailure(sent(given))).toEqual(expected);
  });
});
