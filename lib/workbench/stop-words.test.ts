import { describe, expect, it } from 'vitest';
import { classify } from '@/lib/cql/classifier';
import { stopWords } from './stop-words';

describe('a statement that was stopped', () => {
  it.each([
    ['SELECT * FROM t', 'no more pages are requested'],
    ['INSERT INTO t (k) VALUES (1)', 'whether it was applied is unknown'],
    ['UPDATE t SET n = n + 1 WHERE k = 1', 'whether it was applied is unknown'],
    ['BEGIN BATCH DELETE FROM t WHERE k = 1; APPLY BATCH', 'whether it was applied is unknown'],
    ['DROP TABLE t', 'whether the schema changes is unknown'],
    ['CREATE TABLE t (k int PRIMARY KEY)', 'whether the schema changes is unknown'],
  ])('%s: %s', (statement, words) => {
    expect(stopWords(classify(statement))).toContain(words);
  });
});
