import { describe, expect, it } from 'vitest';
import { conditionsClause, parseColumns, parseTableName } from './names';
import { UsageError } from './usage';

describe('names on the command line', () => {
  it.each([
    ['ks.t', undefined, { keyspace: 'ks', table: 't' }],
    ['KS.T', undefined, { keyspace: 'ks', table: 't' }],
    ['"Mixed".t', undefined, { keyspace: 'Mixed', table: 't' }],
    ['ks."a.b""c"', undefined, { keyspace: 'ks', table: 'a.b"c' }],
    ['t', 'ks', { keyspace: 'ks', table: 't' }],
    ['other.t', 'ks', { keyspace: 'other', table: 't' }],
  ])('%s (in %s)', (text, keyspace, expected) => {
    expect(parseTableName(text, keyspace)).toEqual(expected);
  });

  it.each(['', 't', 'a.b.c', 'ks.', '"ks.t', '1ks.t', 'ks.t; DROP TABLE ks.t'])('refuses “%s”', (text) => {
    expect(() => parseTableName(text, undefined)).toThrow(UsageError);
  });

  it('reads columns, and keeps quoted ones exactly', () => {
    expect(parseColumns('id, Name,"Na,me"')).toEqual(['id', 'name', 'Na,me']);
    for (const text of ['', 'a,', 'a b', ',a']) expect(() => parseColumns(text)).toThrow('--columns');
  });
});

describe('conditions on the command line', () => {
  const clause = (where: string, allowFiltering = false) => conditionsClause({ where, allowFiltering });

  it('become the clause after a SELECT', () => {
    expect(clause('id = 1')).toBe(' WHERE id = 1');
    expect(clause("  name = ';' AND x > 2 -- last", true)).toBe(" WHERE name = ';' AND x > 2 ALLOW FILTERING");
  });

  it.each([
    ['', 'no conditions'],
    ['-- nothing', 'no conditions'],
    ['WHERE id = 1', 'Leave the word out'],
    ['id = 1; DROP TABLE t', 'not statements'],
    ["name = 'x", 'closing'],
    ['id > 1 allow Filtering', '--allow-filtering'],
  ])('are refused: “%s”', (where, reason) => {
    expect(() => clause(where)).toThrow(UsageError);
    expect(() => clause(where)).toThrow(reason);
  });
});
