import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify, isReadOnlyStatement } from './classifier';
import fixture from './fixtures/statements.json';
import { type SchemaLookup, tableShape } from './schema-lookup';

const READERS = [
  'SelectStatement',
  'DescribeStatement',
  'ListRolesStatement',
  'ListUsersStatement',
  'ListPermissionsStatement',
];
const isReader = (server: string) => READERS.includes(server);

type Kind = 'partition_key' | 'clustering' | 'regular';
const column = (name: string, type = 'int', kind: Kind = 'regular', position = -1) => {
  return { name, type, kind, position, clusteringOrder: 'none' } as const;
};
const flights = tableShape(
  {
    kind: 'table',
    columns: [
      column('origin', 'text', 'partition_key', 0),
      column('Day', 'date', 'partition_key', 1),
      column('departs', 'timestamp', 'clustering', 0),
      column('seq', 'int', 'clustering', 1),
      column('delay'),
      column('dest', 'text'),
      column('tags', 'set<text>'),
      column('shape', 'vector<float, 3>'),
    ],
    indexes: [
      { name: 'by_dest', target: 'dest', kind: 'CUSTOM', className: 'StorageAttachedIndex' },
      { name: 'by_shape', target: 'shape', kind: 'CUSTOM', className: 'StorageAttachedIndex' },
    ],
  },
  'demo',
  () => undefined,
);
const schema: SchemaLookup = {
  table: (keyspace, name) => {
    if (keyspace === 'metrics' && name === 'clients') return { ...flights, isVirtual: true };
    return keyspace === 'demo' && name === 'Flights' ? flights : undefined;
  },
  isAggregate: (_keyspace, name) => name === 'median',
};
const of = (statement: string) => classify(statement, { keyspace: 'demo', schema });
const select = (rest: string) => of(`SELECT * FROM "Flights" ${rest}`);

describe('what changes something', () => {
  const parsed = fixture.statements.flatMap(({ text, server }) => (server === null ? [] : [[text, server] as const]));
  const refused = fixture.statements.flatMap(({ text, server }) => (server === null ? [[text]] : []));

  it.each(parsed)('%j is to the server a %s', (text, server) => {
    expect(isReadOnlyStatement(text)).toBe(isReader(server));
    const { kind, isWrite, isDestructive, target } = classify(text);
    expect(kind).not.toBe('unknown');
    expect(isWrite).toBe(!isReader(server));
    expect(isDestructive).toBe(/^(Drop|Truncate)/.test(server));
    if (isDestructive) expect(target?.name).toBeTruthy();
  });

  it.each(refused)('%j, which no server takes, is never called read-only unless it begins as a read', (text) => {
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
  ])('%j is a write, for want of certainty', (text) => {
    expect(isReadOnlyStatement(text)).toBe(false);
    expect(classify(text)).toMatchObject({ kind: 'unknown', isWrite: true, cost: { scope: 'unknown' } });
    expect(classify(text).warnings).toHaveLength(1);
  });

  it('stays a write behind any comments, case and spaces', () => {
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

const partition = `WHERE origin = 'SEA' AND "Day" = '2001-01-09'`;

describe('what a SELECT costs', () => {
  it.each([
    [partition, { scope: 'one_partition' }],
    [`${partition} AND departs > 1 ORDER BY departs DESC`, { scope: 'one_partition' }],
    [`${partition} AND (departs, seq) > (1, 2)`, { scope: 'one_partition' }],
    [`WHERE origin IN ('SEA', 'PDX') AND "Day" IN (?, ?, ?)`, { scope: 'partitions', count: 6 }],
    [`WHERE origin IN ? AND "Day" = ?`, { scope: 'partitions', count: null }],
    ['', { scope: 'whole_ring' }],
    ['LIMIT 10', { scope: 'whole_ring' }],
    ['PER PARTITION LIMIT 1', { scope: 'whole_ring' }],
    ['WHERE token(origin, "Day") > 0', { scope: 'ring_share', fraction: 0.5 }],
    [
      'WHERE token(origin, "Day") > 0 AND token(origin, "Day") <= 4611686018427387904',
      { scope: 'ring_share', fraction: 0.25 },
    ],
    ['WHERE token(origin, "Day") > ?', { scope: 'ring_share', fraction: null }],
    ["WHERE dest = 'PDX'", { scope: 'index', name: 'by_dest' }],
    ["WHERE dest = 'PDX' AND delay > 5 ALLOW FILTERING", { scope: 'index', name: 'by_dest' }],
    ['WHERE delay > 5 ALLOW FILTERING', { scope: 'whole_ring_filtering' }],
    ["WHERE origin = 'SEA' ALLOW FILTERING", { scope: 'whole_ring_filtering' }],
    [`${partition} AND delay > 5 ALLOW FILTERING`, { scope: 'one_partition' }],
    ['ORDER BY shape ANN OF [1, 2, 3] LIMIT 5', { scope: 'index', name: 'by_shape' }],
  ])('SELECT … %s', (rest, cost) => {
    expect(select(rest)).toMatchObject({ kind: 'select', isWrite: false, cost });
  });

  it('follows the scan table', () => {
    const scan = (rest: string) => {
      const { order, splittable, ringProgress, pageable } = select(rest);
      return [order, splittable, ringProgress, pageable];
    };
    expect(scan(partition)).toEqual(['clustering', false, false, true]);
    expect(scan(`WHERE origin IN ('a') AND "Day" = ?`)).toEqual(['values', false, false, true]);
    expect(scan(`WHERE origin IN ('a') AND "Day" = ? ORDER BY departs`)).toEqual(['clustering', false, false, false]);
    expect(scan('')).toEqual(['token', true, true, true]);
    expect(scan('WHERE token(origin, "Day") > 0')).toEqual(['token', true, true, true]);
    expect(scan('WHERE delay = 1 ALLOW FILTERING')).toEqual(['token', true, true, true]);
    expect(scan("WHERE dest = 'PDX'")).toEqual(['as_served', false, false, true]);
    expect(scan('ORDER BY shape ANN OF [1, 2, 3] LIMIT 5')).toEqual(['similarity', false, false, false]);
    expect(scan('LIMIT 5')).toEqual(['token', false, true, true]);
    expect(scan('GROUP BY origin')).toEqual(['none', false, false, true]);
  });

  it('tells aggregates from functions of one row', () => {
    const splits = (selection: string) => of(`SELECT ${selection} FROM "Flights"`).splittable;
    expect(
      ['delay', 'token(origin, "Day")', 'CAST(delay AS text)', 'writetime(delay)', 'blobAsInt(intAsBlob(1))'].map(
        splits,
      ),
    ).not.toContain(false);
    expect(
      ['count(*)', 'max(delay)', 'MAX(delay) + 1', 'median(delay)', 'system.avg(delay)', 'demo.median(delay)'].map(
        splits,
      ),
    ).not.toContain(true);
    expect(classify('SELECT mystery(a) FROM demo."Flights"').splittable).toBe(false);
    expect(of('SELECT count(*) FROM "Flights"')).toMatchObject({ cost: { scope: 'whole_ring' }, ringProgress: false });
  });

  it('leaves what it cannot place unknown, and says why', () => {
    const why = (rest: string) => {
      const { cost, warnings } = select(rest);
      return [cost.scope, warnings[0]];
    };
    expect(why("WHERE origin = 'SEA'")).toEqual(['unknown', 'Cassandra refuses this: also needs Day']);
    expect(why('WHERE delay = 1')).toEqual([
      'unknown',
      'Cassandra refuses this: delay is not in the key and has no index',
    ]);
    expect(why(`${partition} AND seq = 1`)).toEqual(['unknown', 'Cassandra refuses this: also needs departs']);
    expect(why('WHERE token("Day", origin) > 0')[0]).toBe('unknown');
    expect(why(`${partition} AND token(origin, "Day") > 0`)[0]).toBe('unknown');
    expect(why('WHERE nothing = 1')).toEqual(['unknown', 'Cassandra refuses this: there is no column nothing']);
    expect(why('WHERE delay ~ 1')[0]).toBe('unknown');
    expect(why('HAVING delay > 1')[0]).toBe('unknown');
    expect(why('WHERE (departs, origin) > (1, 2)')[0]).toBe('unknown');
  });

  it('claims nothing without the schema, the table or the keyspace', () => {
    for (const context of [{}, { keyspace: 'demo' }, { keyspace: 'elsewhere', schema }, { schema }]) {
      expect(classify(`SELECT * FROM "Flights" ${partition}`, context)).toMatchObject({
        cost: { scope: 'unknown' },
        splittable: false,
        ringProgress: false,
      });
    }
  });

  it('knows tables that every node answers for itself', () => {
    for (const table of ['system.local', 'system_views.settings', 'metrics.clients']) {
      expect(of(`SELECT * FROM ${table}`)).toMatchObject({
        cost: { scope: 'one_node' },
        order: 'node_local',
        splittable: false,
        ringProgress: false,
      });
    }
    expect(of('DESCRIBE TABLES')).toMatchObject({ kind: 'describe', cost: { scope: 'one_node' }, isWrite: false });
  });
});

describe('warnings', () => {
  it('says what a DELETE removes', () => {
    const warnings = (rest: string) => of(`DELETE ${rest}`).warnings;
    expect(warnings(`FROM "Flights" ${partition}`)).toEqual(['Deletes the whole partition, with every row in it']);
    expect(warnings(`FROM "Flights" WHERE origin IN ('a', 'b') AND "Day" = ?`)).toEqual([
      'Deletes 2 whole partitions, with every row in them',
    ]);
    expect(warnings(`FROM "Flights" ${partition} AND departs > 1`)).toEqual(['Deletes a range of rows, not one']);
    expect(warnings(`FROM "Flights" ${partition} AND departs = 1 AND seq = 2 IF EXISTS`)).toEqual([]);
    expect(warnings(`delay FROM "Flights" ${partition}`)).toEqual([]);
    expect(warnings('FROM nowhere WHERE a = 1')).toEqual([expect.stringContaining('May delete whole partitions')]);
  });

  it('says what filtering, groups and dropped columns mean', () => {
    expect(select('WHERE delay > 5 ALLOW FILTERING').warnings[0]).toContain('reads the whole ring and drops');
    expect(of('SELECT count(*) FROM "Flights"').warnings[0]).toContain('Every row is read');
    expect(select(`${partition} GROUP BY origin`).warnings).toEqual([]);
    expect(of('ALTER TABLE t DROP a').warnings[0]).toContain('loses its values');
    expect(of('COPY t TO x').warnings[0]).toContain('cqlsh');
    expect(of('SELECT 1; SELECT 2').warnings[0]).toContain('2 statements');
  });
});
