import { describe, expect, it } from 'vitest';
import { parseInsert, parseSelect } from './statement.mjs';

const whole = { keyspace: null, columns: null, equalities: [], bounds: [], limit: null };
const marker = (at: number, name: string | null = null) => ({ marker: at, name });

describe('statements that a replay node understands', () => {
  it.each([
    ['SELECT * FROM system.local', { ...whole, keyspace: 'system', table: 'local' }],
    ['select A, "B""c" from T limit 3;', { ...whole, table: 't', columns: ['a', 'B"c'], limit: 3 }],
    [
      "SELECT * FROM system.local WHERE key='local'",
      { ...whole, keyspace: 'system', table: 'local', equalities: [{ column: 'key', values: [{ text: 'local' }] }] },
    ],
    [
      "SELECT * FROM t WHERE a IN ('it''s', ?) AND b = :b ALLOW FILTERING",
      {
        ...whole,
        table: 't',
        equalities: [
          { column: 'a', values: [{ text: "it's" }, marker(0)] },
          { column: 'b', values: [marker(1, 'b')] },
        ],
      },
    ],
    [
      'SELECT a FROM t WHERE token(a, "B") > ? AND token(a, "B") <= -7',
      {
        ...whole,
        table: 't',
        columns: ['a'],
        bounds: [
          { operator: '>', value: marker(0) },
          { operator: '<=', value: { number: '-7' } },
        ],
      },
    ],
  ])('%s', (statement, select) => {
    expect(parseSelect(statement)).toEqual(select);
  });

  it.each([
    'INSERT INTO t (a) VALUES (1)',
    'SELECT a FROM t WHERE a > 1',
    'SELECT count(*) FROM t',
    'SELECT a FROM t ORDER BY a',
    'SELECT * FROM',
    'SELECT a FROM t WHERE token(a) = 1',
    'DESCRIBE TABLE t',
  ])('refuses %s', (statement) => {
    expect(() => parseSelect(statement)).toThrow(SyntaxError);
  });

  it('are INSERTs of markers, with what a load binds beside the columns', () => {
    expect(parseInsert('INSERT INTO k.t (a, "B") VALUES (?, ?) USING TIMESTAMP ? AND TTL ?')).toEqual({
      keyspace: 'k',
      table: 't',
      columns: ['a', 'B'],
      using: ['timestamp', 'ttl'],
    });
    expect(parseInsert('SELECT * FROM t')).toBeNull();
    for (const other of ['INSERT INTO t (a) VALUES (1)', 'INSERT INTO t (a, b) VALUES (?)', 'INSERT INTO t JSON ?']) {
      expect(() => parseInsert(other)).toThrow(SyntaxError);
    }
  });
});
