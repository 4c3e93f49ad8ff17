import { describe, expect, it } from 'vitest';
import type { ApiError, ErrorCode } from '@/lib/contract/errors';
import { type Fault, failed, lookLevel, lookOf, readLevel, type SentStatement } from './outcome';

const error = (code: ErrorCode): ApiError => ({ code, message: `it said ${code}.`, retryable: false });
const PLAIN: SentStatement = { isConditional: false, isCounter: false, mayResend: true };
const CAS: SentStatement = { isConditional: true, isCounter: false, mayResend: false };
const COUNTER: SentStatement = { isConditional: false, isCounter: true, mayResend: false };
const LIST: SentStatement = { ...PLAIN, mayResend: false };
const LOGGED: SentStatement = { ...PLAIN, isLogged: true };
const fault = (code: ErrorCode, writeType: string | null = null): Fault => ({
  error: error(code),
  writeType,
  isSent: true,
});

describe('a statement that failed', () => {
  const unknown: [string, Fault, SentStatement, RegExp, boolean][] = [
    ['SIMPLE', fault('write_timeout', 'SIMPLE'), PLAIN, /Those that have the write spread it/, true],
    ['SIMPLE of a list', fault('write_timeout', 'SIMPLE'), LIST, /spread it\. Do not send it again: .* twice/, false],
    ['BATCH', fault('write_timeout', 'BATCH'), PLAIN, /all of it will be applied/, false],
    ['BATCH_LOG', fault('write_timeout', 'BATCH_LOG'), PLAIN, /most likely none/, true],
    [
      'UNLOGGED_BATCH',
      fault('write_timeout', 'UNLOGGED_BATCH'),
      PLAIN,
      /each partition of the batch stands for itself/,
      true,
    ],
    ['COUNTER', fault('write_timeout', 'COUNTER'), COUNTER, /could count twice/, false],
    ['CAS', fault('write_timeout', 'CAS'), CAS, /A read at SERIAL finishes/, false],
    ['SIMPLE of a commit', fault('write_timeout', 'SIMPLE'), CAS, /A read at SERIAL finishes/, false],
    ['VIEW', fault('write_timeout', 'VIEW'), PLAIN, /spread it/, true],
    ['CDC', fault('write_timeout', 'CDC'), PLAIN, /spread it/, true],
    ['no answer', fault('request_timeout'), PLAIN, /until its own time-outs have passed/, true],
    ['no answer to a counter', fault('request_timeout'), COUNTER, /could count twice/, false],
    ['a lost connection', fault('cluster_unreachable'), PLAIN, /no answer came/, true],
    ['a lost connection of a condition', fault('cluster_unreachable'), CAS, /SERIAL/, false],
    ['a replica that failed', fault('write_failure'), PLAIN, /a replica failed/, true],
    ['too few replicas for a commit', fault('not_enough_replicas'), CAS, /SERIAL/, false],
    ['too many hints for a commit', fault('overloaded'), CAS, /SERIAL/, false],
    ['too many hints for a batch in its log', fault('overloaded'), LOGGED, /others may have the write/, true],
    ['a mistake of ours', fault('internal_error'), PLAIN, /no answer came/, true],
  ];
  it.each(unknown)('is unknown: %s', (_name, what, sent, says, mayResend) => {
    const ending = failed(what, sent);
    expect(ending).toMatchObject({ outcome: 'unknown', mayResend, message: expect.stringMatching(/^Unknown: /) });
    expect(ending.message).toMatch(says);
  });

  it.each([
    ['too few replicas', fault('not_enough_replicas'), PLAIN],
    ['an invalid statement', fault('invalid_statement'), CAS],
    ['no right', fault('unauthorized'), PLAIN],
    ['an overloaded coordinator', fault('overloaded'), COUNTER],
    ['a row on an overloaded coordinator', fault('overloaded'), PLAIN],
    ['no free connection', { ...fault('overloaded'), isSent: false }, CAS],
    ['no connection', { ...fault('cluster_unreachable'), isSent: false }, CAS],
  ])('wrote nothing: %s', (_name, what, sent) => {
    expect(failed(what, sent)).toMatchObject({
      outcome: 'refused',
      message: `Refused, nothing was written: it said ${what.error.code}.`,
    });
  });
});

describe('looking again', () => {
  it('reads at the serial level after a condition, and at the level of the write otherwise', () => {
    expect(lookLevel(true, 'QUORUM', 'LOCAL_SERIAL')).toBe('LOCAL_SERIAL');
    expect(lookLevel(false, 'LOCAL_QUORUM', 'SERIAL')).toBe('LOCAL_QUORUM');
    expect([readLevel('ANY'), readLevel('EACH_QUORUM'), readLevel('ALL')]).toEqual(['ONE', 'QUORUM', 'ALL']);
  });

  it('is as sure as the least sure row', () => {
    expect(lookOf(['there', 'there']).found).toBe('there');
    expect(lookOf(['there', 'looks_there'])).toMatchObject({
      found: 'looks_there',
      message: expect.stringContaining('does not prove'),
    });
    expect(lookOf(['looks_there', 'not_there'])).toMatchObject({
      found: 'not_there',
      message: expect.stringContaining('may still come'),
    });
    expect(lookOf([]).found).toBe('unreadable');
  });
});

describe('a refusal by a guardrail', () => {
  const sent = { isConditional: false, isCounter: false, mayResend: true };
  const refused = (said: string) => {
    const error = { code: 'invalid_statement' as const, message: 'Refused.', detail: said, retryable: false };
    return failed({ error, writeType: null, isSent: true }, sent);
  };
  it.each([
    ['Guardrail user_timestamps violated: no', /Run it guarded/],
    ['Guardrail write_consistency_levels violated: no', /another consistency level/],
    ['Guardrail read_before_write_list_operations violated: no', /whole list/],
    ['Guardrail items_per_collection violated: no', /fewer or smaller/],
    ['Guardrail collection_size violated: no', /fewer or smaller/],
    ['Guardrail column_blob_value_size violated: no', /smaller value/],
    ['Guardrail to_come violated: no', /cassandra\.yaml/],
  ])('says what helps: %s', (said, advice) => {
    expect(refused(said)).toMatchObject({ outcome: 'refused', message: expect.stringMatching(advice) });
  });

  it('is none where the server says something else', () => {
    expect(refused('Undefined column').message).toBe('Refused, nothing was written: Refused.');
  });
});
