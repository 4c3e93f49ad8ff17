import { describe, expect, it } from 'vitest';
import { classify } from './classifier';
import { edited } from './help/help';
import { schemaLookup } from './schema-lookup';
import { analysisKeyspace, REFUSED, SCHEMA_CHANGES, WRITES } from './test-analysis';

const KEYSPACE = 'ks';
const schema = schemaLookup([analysisKeyspace(KEYSPACE)]);
const of = (text: string) => classify(text, { keyspace: KEYSPACE, schema });
const named = (text: string) => text.replaceAll('{ks}', KEYSPACE);

describe('what a statement changes', () => {
  it.each(WRITES)('$text: $summary', ({ text, summary, scope }) => {
    const { change, refusal } = of(text);
    expect(refusal).toBeNull();
    expect(change).toMatchObject({ summary, scope, keyspaces: [KEYSPACE] });
  });

  it.each(SCHEMA_CHANGES)('$text: $summary', ({ text, summary, facts }) => {
    const { change, refusal } = of(text);
    expect(refusal).toBeNull();
    expect(change).toMatchObject({ summary: named(summary), facts: facts.map(named), scope: 'schema' });
  });

  it.each([
    ['UPDATE t SET v = 1 WHERE a = ? AND b IN ? AND c = 1 AND d = 1', 'as many rows as its parameters name'],
    ['DELETE FROM t WHERE a = 1 AND b IN ?', 'several whole partitions'],
    [
      'BEGIN BATCH UPDATE one SET v = 1 WHERE k = ?; UPDATE one SET v = 1 WHERE k = ?; APPLY BATCH',
      'logged batch over an unknown number of partitions',
    ],
    ['INSERT INTO t JSON ?', 'unknown, because its columns are in a parameter'],
  ])('%s: it claims no more than the text says', (text, summary) => {
    expect(of(text).change?.summary).toBe(summary);
  });

  it.each(['INSERT INTO t (a) VALUES (1)', 'DELETE FROM t WHERE a = 1', 'UPDATE t SET v = 1 WHERE a = 1'])(
    '%s: without the schema or the keyspace it is unknown, and says why',
    (text) => {
      expect(classify(text, { keyspace: KEYSPACE }).change?.summary).toMatch(
        /^unknown, because Ringside does not know/,
      );
      expect(classify(text, { schema }).change?.summary).toMatch(/^unknown, because the keyspace is missing/);
      expect(classify(text, { schema }).refusal).toBeNull();
    },
  );

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
  ])('%s: conditional, with or without the schema: %s', (text, expected) => {
    expect(classify(text).change?.isConditional ?? false).toBe(expected);
    expect(of(text).change?.isConditional ?? false).toBe(expected);
  });

  it('names what a keyspace has before it is dropped', () => {
    const { change, warnings } = of('DROP KEYSPACE ks');
    expect(change?.facts).toEqual(['It has 4 tables and 1 type: t, n, one, people.']);
    expect(warnings).toEqual(['Drops the keyspace with every table and every row in it']);
  });

  it('knows the views that keep a table', () => {
    const keyspace = analysisKeyspace(KEYSPACE);
    const [first] = keyspace.tables;
    if (first === undefined) throw new Error('no table');
    const view = { ...first, name: 'by_v', kind: 'view', baseTable: 't' } as const;
    const withView = schemaLookup([{ ...keyspace, tables: [...keyspace.tables, view] }]);
    const said = (text: string) => classify(text, { keyspace: KEYSPACE, schema: withView });
    expect(said('DROP TABLE t').refusal?.message).toContain('by_v is a view of it: drop it first');
    expect(said('ALTER TABLE t DROP v').refusal?.message).toContain('by_v is a view of it');
    expect(said('TRUNCATE t').change?.facts).toEqual(['by_v, made from it, is emptied too.']);
    expect(said('INSERT INTO by_v (a) VALUES (1)').refusal?.message).toContain(
      'a materialized view is written through',
    );
  });
});

describe('what Cassandra refuses', () => {
  it.each(REFUSED)('$text: $says', ({ text, says, offers }) => {
    const { refusal } = of(text);
    expect(refusal?.message).toBe(`Cassandra refuses this: ${named(says)}`);
    expect(refusal?.suggestions.map(({ label }) => label)).toEqual(offers);
    const { range } = refusal ?? {};
    if (range) expect(text.slice(range.from, range.to)).not.toBe('');
  });

  it.each(REFUSED.filter(({ offers }) => offers.length > 0))('$text: what is offered would serve', ({ text }) => {
    for (const { edits } of of(text).refusal?.suggestions ?? []) {
      const changed = edited(text, edits);
      const [create] = /^CREATE INDEX[^;]*/.exec(changed) ?? [];
      expect(of(create ?? changed).refusal).toBeNull();
    }
  });

  it.each([
    ['SELCT * FROM t', 'SELCT begins no statement of CQL. Did you mean SELECT?', ['Use SELECT']],
    ['FROB t', 'FROB begins no statement of CQL', []],
    ["COPY t TO 'x'", 'COPY is a command of cqlsh, which the server does not know', []],
    ["SELECT 'x FROM t", "This string has no closing '", []],
  ])('%s is no CQL', (text, message, labels) => {
    const { change, refusal } = of(text);
    expect(change).toBeNull();
    expect(refusal?.message).toBe(message);
    expect(refusal?.suggestions.map(({ label }) => label)).toEqual(labels);
  });
});
