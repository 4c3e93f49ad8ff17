import { describe, expect, it } from 'vitest';
import { isConditional } from './conditional';

describe('a conditional write', () => {
  it.each([
    ['INSERT INTO t (k) VALUES (1) IF NOT EXISTS', true],
    ['update t set v = 1 where k = 1 if v = 2', true],
    ['DELETE FROM t WHERE k = 1 IF EXISTS', true],
    ['BEGIN BATCH UPDATE t SET v = 1 WHERE k = 1 IF v = 2; APPLY BATCH', true],
    ['/* IF */ INSERT INTO t (k) VALUES (1)', false],
    ["INSERT INTO t (k, v) VALUES (1, 'IF')", false],
    ['UPDATE t SET "IF" = 1 WHERE k = 1', false],
    ['CREATE TABLE IF NOT EXISTS t (k int PRIMARY KEY)', false],
    ['DROP TABLE IF EXISTS t', false],
    ['SELECT * FROM t', false],
    ['', false],
  ])('%s: %s', (statement, expected) => {
    expect(isConditional(statement)).toBe(expected);
  });
});
