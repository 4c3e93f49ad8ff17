import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from './classifier';
import fixture from './fixtures/statements.json';
import { of } from './test-classifier';

const READERS = [
  'SelectStatement',
  'DescribeStatement',
  'ListRolesStatement',
  'ListUsersStatement',
  'ListPermissionsStatement',
];
const isReadOnlyStatement = (text: string) => !classify(text).isWrite;
const isReader = (server: string) => READERS.includes(server);

describe('what writes', () => {
  const parsed = fixture.statements.flatMap(({ text, server }) => (server === null ? [] : [[text, server] as const]));
  const refused = fixture.statements.flatMap(({ text, server }) => (server === null ? [[text]] : []));

  it.each(parsed)('the server treats %j as a %s', (text, server) => {
    expect(isReadOnlyStatement(text)).toBe(isReader(server));
    const { kind, isWrite, isDestructive, target } = classify(text);
    expect(kind).not.toBe('unknown');
    expect(isWrite).toBe(!isReader(server));
    expect(isDestructive).toBe(/^(Drop|Truncate)/.test(server));
    if (isDestructive) expect(target?.name).toBeTruthy();
  });

  it.each(refused)('%j, which no server accepts, is never called read-only unless it starts like a read', (text) => {
    if (isReadOnlyStatement(text)) expect(text).toMatch(/^(SELECT|LIST|\/\*.*\*\/ SELECT)\s/);
  });

  it.each([
    'SELECT a FROM t; DROP TABLE t',
    'SELECT a FROM t;; SELECT b FROM t',
    "SELECT 'a FROM t",
    'SELECT\u00a0a FROM t',
    'ЅELECT a FROM t',
    '(SELECT a FROM t)',
    'EXPLAIN SELECT a FROM t',
    'COPY t TO x',
    '',
    ';',
    '"SELECT" a FROM t',
  ])('%j counts as a write, because it is not certain to be a read', (text) => {
    expect(isReadOnlyStatement(text)).toBe(false);
    expect(classify(text)).toMatchObject({ kind: 'unknown', isWrite: true, cost: { scope: 'unknown' } });
    expect(classify(text).warnings).toHaveLength(1);
  });

  it('stays a write after any comments, in any case and with any spaces', () => {
    const gap = fc.array(fc.constantFrom(' ', '\n', '\r', '\t', '-- SELECT\n', '// x\r', '/* SELECT; */'), {
      minLength: 1,
    });
    const words = fc.constantFrom(
      'drop table',
      'truncate',
      'insert into',
      'begin unlogged batch',
      'grant select on',
      'use',
      'zap',
    );
    fc.assert(
      fc.property(
        gap,
        words,
        fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
        gap,
        fc.string(),
        (before, verb, upper, between, rest) => {
          const odd = [...verb].map((letter, index) => (upper[index] ? letter.toUpperCase() : letter)).join('');
          const text = before.join('') + odd.replaceAll(' ', between.join('')) + between.join('') + rest;
          expect(isReadOnlyStatement(text)).toBe(false);
          expect(classify(text).isWrite).toBe(true);
        },
      ),
    );
  });

  it('does not run out of stack or time on brackets and semicolons', () => {
    const many = 100_000;
    for (const text of [
      `SELECT a FROM t WHERE ${'('.repeat(many)}a = 1${')'.repeat(many)}`,
      `SELECT ${'('.repeat(many)} FROM t`,
      `BEGIN BATCH ${'DELETE FROM t WHERE a = 1;'.repeat(many / 10)} APPLY BATCH`,
    ]) {
      expect(of(text).cost.scope).toBe(text.startsWith('SELECT') ? 'unknown' : 'write');
    }
  });

  it('never throws', () => {
    const piece = fc.constantFrom(
      'SELECT',
      'FROM',
      'WHERE',
      'IN',
      '(',
      ')',
      '[',
      ',',
      '=',
      'a',
      '"B"',
      '1',
      '?',
      'AND',
      'token',
      'ORDER BY',
      'ANN OF',
      'LIMIT',
      'DELETE',
      'DROP',
      ';',
      "'x'",
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        expect(of(pieces.join(' ')).warnings).toBeInstanceOf(Array);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what a statement acts on', () => {
  it.each([
    ['DROP TABLE IF EXISTS demo."Flights"', 'DROP TABLE', { keyspace: 'demo', name: 'Flights' }],
    ['drop keyspace Demo', 'DROP KEYSPACE', { keyspace: null, name: 'demo' }],
    ['TRUNCATE Flights', 'TRUNCATE', { keyspace: 'ks', name: 'flights' }],
    ["DROP ROLE 'it''s'", 'DROP ROLE', { keyspace: null, name: "it's" }],
    ['DROP INDEX demo.by_dest', 'DROP INDEX', { keyspace: 'demo', name: 'by_dest' }],
    ['DROP TRIGGER tr ON demo.t', 'DROP TRIGGER', { keyspace: 'demo', name: 'tr' }],
    ['DROP FUNCTION demo.f (int)', 'DROP FUNCTION', { keyspace: 'demo', name: 'f' }],
    ['CREATE CUSTOM INDEX ON t (a) USING $$sai$$', 'CREATE CUSTOM INDEX', { keyspace: 'ks', name: 't' }],
    ['DELETE a[1], b FROM demo.t WHERE c = 1', 'DELETE', { keyspace: 'demo', name: 't' }],
    ['begin unlogged batch apply batch', 'BEGIN UNLOGGED BATCH', null],
    ['CREATE OR REPLACE FUNCTION f (a int) CALLED', 'CREATE OR REPLACE FUNCTION', { keyspace: 'ks', name: 'f' }],
  ])('%s', (statement, verb, target) => {
    expect(classify(statement, { keyspace: 'ks' })).toMatchObject({ verb, target });
  });

  it('names the table that is read', () => {
    expect(classify('SELECT a FROM T').table).toEqual({ keyspace: null, name: 't' });
    expect(classify('SELECT a FROM ks."T"', { keyspace: 'other' }).table).toEqual({ keyspace: 'ks', name: 'T' });
  });
});
