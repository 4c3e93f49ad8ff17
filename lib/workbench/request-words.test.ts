import { describe, expect, it } from 'vitest';
import { classify } from '@/lib/cql/classifier';
import { requestWords, timeoutText } from './request-words';

const CONDITIONAL = 'INSERT INTO t (k) VALUES (1) IF NOT EXISTS';

describe('what a request is sent with', () => {
  it.each([
    [500, '500 ms'],
    [1_500, '1500 ms'],
    [12_000, '12 s'],
    [300_000, '5 min'],
  ])('a timeout of %d ms reads %s', (timeoutMs, text) => {
    expect(timeoutText(timeoutMs)).toBe(text);
  });

  it.each([
    ['nothing special', {}, 'SELECT * FROM t', ''],
    ['no statement', { serialConsistency: 'LOCAL_SERIAL' }, null, ''],
    ['a level that nothing uses', { serialConsistency: 'LOCAL_SERIAL' }, 'SELECT * FROM t', ''],
    ['the default of a conditional write', {}, CONDITIONAL, 'IF at SERIAL'],
    ['both', { serialConsistency: 'LOCAL_SERIAL', timeoutMs: 500 }, CONDITIONAL, 'IF at LOCAL_SERIAL · 500 ms'],
    ['a timeout', { timeoutMs: 60_000 }, 'SELECT * FROM t', '1 min'],
  ] as const)('is said of %s', (_, choices, statement, words) => {
    expect(requestWords(choices, statement === null ? null : classify(statement))).toBe(words);
  });
});
