import { describe, expect, it } from 'vitest';
import fixture from '@/lib/cql/fixtures/statements.json';
import { MISTAKES } from '@/lib/cql/help/test-mistakes';
import { tokenize } from '@/lib/cql/lexer';
import { formatStatement, reformats } from './format-statement';

/** What must stay: every token, and the exact text of all but keywords. */
function held(text: string): string[] {
  return tokenize(text)
    .filter(({ kind }) => kind !== 'space')
    .map(({ kind, text: own }) => (kind === 'word' ? own.toLowerCase() : own));
}

describe('a statement laid out', () => {
  it.each([
    [
      "select a,b from ks.t where a='x' and b>=5 and c contains key 'K' order by b desc limit 5 allow filtering",
      "SELECT a, b\nFROM ks.t\nWHERE a = 'x'\n  AND b >= 5\n  AND c CONTAINS KEY 'K'\nORDER BY b DESC\nLIMIT 5\nALLOW FILTERING",
    ],
    ['select count(*),max(a),token(k) from t', 'SELECT count(*), max(a), token(k)\nFROM t'],
    [
      'select * from t where a in(1,2) per partition limit 3',
      'SELECT *\nFROM t\nWHERE a IN (1, 2)\nPER PARTITION LIMIT 3',
    ],
    ['select distinct k from t group by k', 'SELECT DISTINCT k\nFROM t\nGROUP BY k'],
    ["select l[0],m['A'],u.f,key,type from t", "SELECT l[0], m['A'], u.f, key, type\nFROM t"],
    [
      "insert into t(a,b)values(1,{'k':2})if not exists using ttl 60 and timestamp 5",
      "INSERT INTO t (a, b)\nVALUES (1, {'k': 2})\nIF NOT EXISTS\nUSING TTL 60 AND TIMESTAMP 5",
    ],
    [
      'update t using ttl 60 set a=1,n=n+1 where k=1 and c=2 if a=5 and b!=null',
      'UPDATE t\nUSING TTL 60\nSET a = 1, n = n + 1\nWHERE k = 1\n  AND c = 2\nIF a = 5\n  AND b != null',
    ],
    ['delete from t where k=1', 'DELETE FROM t\nWHERE k = 1'],
    [
      'delete a,b from t using timestamp 5 where k=1 if exists',
      'DELETE a, b\nFROM t\nUSING TIMESTAMP 5\nWHERE k = 1\nIF EXISTS',
    ],
    [
      "create table if not exists ks.t(a int,b map<text,frozen<list<int>>>,c text static,primary key((a),b))with clustering order by(b desc)and comment='Hi'",
      "CREATE TABLE IF NOT EXISTS ks.t (\n  a int,\n  b map<text, frozen<list<int>>>,\n  c text static,\n  PRIMARY KEY ((a), b)\n) WITH CLUSTERING ORDER BY (b DESC)\n  AND comment = 'Hi'",
    ],
    [
      "create keyspace k with replication={'class':'SimpleStrategy'}and durable_writes=true",
      "CREATE KEYSPACE k\nWITH replication = {'class': 'SimpleStrategy'}\n  AND durable_writes = true",
    ],
    [
      'begin unlogged batch using timestamp 5 insert into t(a)values(1);update t set a=1 where k=1;apply batch',
      'BEGIN UNLOGGED BATCH USING TIMESTAMP 5\n  INSERT INTO t (a)\n  VALUES (1);\n  UPDATE t\n  SET a = 1\n  WHERE k = 1;\nAPPLY BATCH',
    ],
    ["create index on t(values(a)) using 'sai'", "CREATE INDEX ON t (values(a))\nUSING 'sai'"],
    ['select a -- why\nfrom t /* Here */ where a = 1', 'SELECT a -- why\nFROM t /* Here */\nWHERE a = 1'],
    ['select a,\n-- Own line\nb from t', 'SELECT a,\n  -- Own line\n  b\nFROM t'],
    ['select \'From  Where\' as "From" from t', 'SELECT \'From  Where\' as "From"\nFROM t'],
    ['select a from t where b = ? and c = :Name', 'SELECT a\nFROM t\nWHERE b = ?\n  AND c = :Name'],
    ['select a from t where b between 1 and 5 and c = 1', 'SELECT a\nFROM t\nWHERE b BETWEEN 1 AND 5\n  AND c = 1'],
  ])('%s', (text, laidOut) => {
    expect(formatStatement(text)).toBe(laidOut);
  });

  it('stays as it is where a string or a name is not closed', () => {
    expect(formatStatement("select 'x from t")).toBe("select 'x from t");
  });

  const TEXTS = [...fixture.statements.map(({ text }) => text), ...MISTAKES.map(({ statement }) => statement)];

  it('has the same tokens, and laid out again is the same', () => {
    expect(TEXTS.length).toBeGreaterThan(100);
    for (const text of TEXTS) {
      const once = formatStatement(text);
      expect(held(once)).toEqual(held(text));
      expect(formatStatement(once)).toBe(once);
    }
  });

  it('the same for any tokens in any order, with comments and any white space between', () => {
    const pieces =
      "SELECT from where And 'It''s' \"A b\" ( ) [ ] { } < > , . ; : = != += 5 -3 1h ? :x /*C*/ -- insert values begin batch apply list set map key in if".split(
        ' ',
      );
    const gaps = [' ', '  ', '\n', '', '\t\n '];
    let state = 7;
    const pick = <T>(list: readonly T[]): T | undefined => {
      state = (state * 48_271) % 2_147_483_647;
      return list[state % list.length];
    };
    for (let count = 0; count < 3_000; count++) {
      let text = 'select';
      for (let length = 0; length < count % 15; length++) {
        const piece = pick(pieces) ?? '';
        text += `${pick(gaps)}${piece}${piece === '--' ? ' Note\n' : ''}`;
      }
      const once = formatStatement(text);
      expect(held(once)).toEqual(held(text));
      expect(formatStatement(once)).toBe(once);
    }
  });

  it('of several statements changes each, and nothing between them', () => {
    const text = '-- Two of them\nselect 1 from t ;\n\n\nselect 2\nFROM t; -- end';
    const changed = reformats(text)
      .toReversed()
      .reduce(
        (now, { start, text: old, replacement }) => now.slice(0, start) + replacement + now.slice(start + old.length),
        text,
      );
    expect(changed).toBe('-- Two of them\nSELECT 1\nFROM t ;\n\n\nSELECT 2\nFROM t; -- end');
    expect(reformats(changed)).toEqual([]);
  });
});
