import { describe, expect, it } from 'vitest';
import { harmfulShape } from './statement-shape';

const times = (text: string, count: number) => text.repeat(count);

describe('a statement whose shape keeps Cassandra’s parser busy', () => {
  it.each([
    ['nested brackets', `SELECT ${times('(', 24)}a${times(')', 24)} FROM t`],
    ['lists', `SELECT ${times('[', 24)}1${times(']', 24)} FROM t`],
    ['sets', `SELECT ${times('{', 24)}1${times('}', 24)} FROM t`],
    ['maps in lists', `SELECT ${times('[{1:', 12)}1${times('}]', 12)} FROM t`],
    ['casts', `SELECT ${times('cast(', 24)}a${times(' as int)', 24)} FROM t`],
    ['functions', `SELECT ${times('f(', 24)}a${times(')', 24)} FROM t`],
    ['functions in GROUP BY', `SELECT a FROM t GROUP BY ${times('f(', 24)}a${times(')', 24)}`],
    ['type hints in a row', `SELECT ${times('(int)', 24)}a FROM t`],
    ['type hints in brackets', `SELECT ${times('((int)', 12)}a${times(')', 12)} FROM t`],
    ['sums', `SELECT ${times('(a + ', 24)}a${times(')', 24)} FROM t`],
    ['a selection after a column called per', `SELECT per, ${times('(', 24)}a${times(')', 24)} FROM t`],
    ['brackets that are not closed', `SELECT ${times('[', 24)}`],
    ['a view’s selection', `CREATE MATERIALIZED VIEW v AS SELECT ${times('(', 24)}a${times(')', 24)} FROM t`],
    ['few brackets around a lot', `SELECT ${times('(', 8)}${times('(a) + ', 40_000)}a${times(')', 8)} FROM t`],
    ['minus signs', times('- ', 450_000)],
    ['minus signs before a value', `INSERT INTO t (k, a) VALUES ('a', ${times('- ', 16_000)}1)`],
    ['minus signs and comments', `SELECT * FROM t WHERE a = ${times('-/**/', 16_000)}1`],
    ['an endlessly nested literal', `INSERT INTO t (k, l) VALUES ('a', ${times('[', 5_000)}1${times(']', 5_000)})`],
  ])('is recognised: %s', (_, statement) => {
    expect(harmfulShape(statement)).not.toBeNull();
  });

  it.each([
    ['a table', 'SELECT * FROM t'],
    ['functions', 'SELECT count(cast(token(a) AS text)) AS n, f(g(h(i(a, b), (int)?))), [1, (2)], {a: [1]} FROM t'],
    ['2,000 functions', `SELECT ${times('f(g(h(a))), ', 2_000)}a FROM t`],
    ['2,000 casts of a sum', `SELECT ${times('cast(a AS int) + ', 2_000)}a FROM t`],
    ['3,000 keys', `SELECT * FROM t WHERE k IN (${times("'12345', ", 3_000)}'x')`],
    ['500 INSERTs', `BEGIN BATCH ${times("INSERT INTO t (a, m) VALUES (-1, {'a': [(1, 2)]});", 500)} APPLY BATCH`],
    ['brackets in text', `SELECT '${times('(', 500)}' FROM t`],
    ['a line of dashes', `SELECT a FROM t ${times('-', 500)}\nWHERE k = 1`],
    ['a literal that is nested deep', `INSERT INTO t (l) VALUES (${times('[', 60)}1${times(']', 60)})`],
    ['differences', `SELECT ${times('(a) - ', 500)}a FROM t`],
    ['too many closing brackets', `SELECT a FROM t WHERE b = ${times(')', 500)}`],
  ])('is not: %s', (_, statement) => {
    expect(harmfulShape(statement)).toBeNull();
  });
});
