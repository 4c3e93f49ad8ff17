import { describe, expect, it } from 'vitest';
import { isIdempotent } from './idempotent';
import { parseCqlType } from './type-text';

const TABLE = {
  columns: Object.entries({
    k: 'int',
    v: 'text',
    n: 'counter',
    l: 'list<int>',
    s: 'set<int>',
    m: 'map<text, int>',
    Odd: 'set<int>',
  }).map(([name, type]) => ({
    name,
    type: parseCqlType(type),
    kind: 'regular' as const,
    clusteringOrder: 'none' as const,
  })),
};

describe('a write', () => {
  it.each([
    'INSERT INTO t (k, v) VALUES (?, ?)',
    'INSERT INTO t (k, v) VALUES (?, ?) USING TTL ? AND TIMESTAMP ?',
    "INSERT INTO t (k, v) VALUES (1, 'now() IF x')",
    'UPDATE t SET v = ?, l = ? WHERE k = ?',
    'UPDATE t SET l[0] = ? WHERE k = ?',
    'UPDATE t SET s = s + ?, m = m + ? WHERE k = ?',
    'UPDATE t SET s += ? WHERE k = ?',
    'UPDATE t SET "Odd" = "Odd" + ? WHERE k = ?',
    'UPDATE t SET s = ? + s WHERE k = ?',
    'UPDATE t SET m[?] = ? WHERE k = ?',
    'DELETE m[?] FROM t WHERE k = ?',
    'DELETE FROM t WHERE k = ?',
    'UPDATE t SET v = ? WHERE k = -1',
    'BEGIN BATCH INSERT INTO t (k) VALUES (?); DELETE FROM t WHERE k = ?; APPLY BATCH',
  ])('%s can be run twice', (statement) => {
    expect(isIdempotent(statement, TABLE)).toBe(true);
  });

  it.each([
    'INSERT INTO t (k, v) VALUES (?, ?) IF NOT EXISTS',
    'UPDATE t SET v = ? WHERE k = ? IF v = ?',
    'DELETE FROM t WHERE k = ? IF EXISTS',
    'INSERT INTO t (k, v) VALUES (uuid(), ?)',
    'INSERT INTO t (k, v) VALUES (toDate(now()), ?)',
    'INSERT INTO t (k, v) VALUES (current_timestamp(), ?)',
    'UPDATE t SET n = n + ? WHERE k = ?',
    'UPDATE t SET n = n - 1 WHERE k = ?',
    'UPDATE t SET n = n -1 WHERE k = ?',
    'UPDATE t SET n += 1 WHERE k = ?',
    'UPDATE t SET l = l + ? WHERE k = ?',
    'UPDATE t SET l = ? + l WHERE k = ?',
    'UPDATE t SET l += ? WHERE k = ?',
    'DELETE l[0] FROM t WHERE k = ?',
    'DELETE unknown[0] FROM t WHERE k = ?',
    'BEGIN COUNTER BATCH UPDATE t SET n = n + 1 WHERE k = ?; APPLY BATCH',
  ])('%s cannot', (statement) => {
    expect(isIdempotent(statement, TABLE)).toBe(false);
  });

  it('of an unknown table cannot add to anything', () => {
    expect(isIdempotent('UPDATE t SET s = s + ? WHERE k = ?', undefined)).toBe(false);
    expect(isIdempotent('INSERT INTO t (k) VALUES (?)', undefined)).toBe(true);
  });
});
