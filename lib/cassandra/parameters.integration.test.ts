import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/contract/json';
import type { QueryRequest } from '@/lib/contract/reads';
import { HAS_5_0 } from '@/lib/test-release';
import { prepareStatement } from './prepare';
import { pageValues } from './read/page-values';
import { failureOf, runQuery, testBed } from './test-support';

const KEYSPACE = 'ringside_parameters_test';

/** Of each type a value in its JSON form, as it is read back. */
const VALUES: readonly (readonly [type: string, value: JsonValue])[] = [
  ['ascii', 'abc'],
  ['bigint', '9223372036854775807'],
  ['blob', '0xcafe'],
  ['boolean', true],
  ['date', '2001-01-09'],
  ['decimal', '12.50'],
  ['double', 1.5],
  ['duration', '1mo2d3h'],
  ['float', -0.5],
  ['inet', '2001:db8::1'],
  ['int', -7],
  ['smallint', 7],
  ['text', 'ünï 👍'],
  ['time', '10:11:12.000000001'],
  ['timestamp', '2001-01-09T07:10:00.000Z'],
  ['timeuuid', '8a3b1f5e-0000-11ee-8000-000000000001'],
  ['tinyint', -128],
  ['uuid', '123e4567-e89b-42d3-a456-426614174000'],
  ['varint', '123456789012345678901234567890'],
  ['list<int>', [1, 2]],
  ['set<text>', ['a', 'b']],
  ['map<text, int>', { a: 1 }],
  ['frozen<list<frozen<map<text, frozen<list<int>>>>>>', [{ a: [1, 2] }, {}]],
  ['tuple<int, text, blob>', [1, 'x, y', null]],
  ['address', { street: 'Main', places: [[1, 2]] }],
  ['frozen<map<frozen<tuple<int, int>>, frozen<address>>>', [[[1, 2], { street: 'a', places: null }]]],
  ...(HAS_5_0 ? [['vector<float, 2>', [0.5, -1]] as const] : []),
];

const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TYPE ${KEYSPACE}.address (street text, places frozen<list<frozen<tuple<int, int>>>>)`,
    `CREATE TABLE ${KEYSPACE}.t (k int PRIMARY KEY, ${VALUES.map(([type], at) => `v${at} ${type}`).join(', ')})`,
    `CREATE TABLE ${KEYSPACE}.pairs (a int, b text, c int, v text, PRIMARY KEY ((a, b), c))`,
  ],
);

const rowsOf = async (asked: QueryRequest) =>
  (await Promise.all((await runQuery(cluster, asked)).map(pageValues))).flat();
const prepare = (statement: string, keyspace?: string) => prepareStatement(cluster, statement, keyspace);

describe('the markers of a statement', () => {
  it('have names, types and places in the partition key', async () => {
    const statement = 'SELECT v FROM pairs WHERE b = ? AND a = :first AND c IN ? LIMIT ?';
    expect(await prepare(statement, KEYSPACE)).toEqual({
      markers: [
        { name: 'b', type: 'text', isPartitionKey: true },
        { name: 'first', type: 'int', isPartitionKey: true },
        { name: 'in(c)', type: 'list<int>', isPartitionKey: false },
        { name: '[limit]', type: 'int', isPartitionKey: false },
      ],
      keyspace: KEYSPACE,
      takesUnset: false,
      isIdempotent: null,
    });
  });

  it('of a write say whether it can run twice, and nothing has run', async () => {
    const insert = `INSERT INTO ${KEYSPACE}.pairs (a, b, c, v) VALUES (?, 'x', 1, ?) USING TTL ?`;
    const prepared = await prepare(insert);
    expect(prepared).toMatchObject({ takesUnset: true, isIdempotent: true, keyspace: KEYSPACE });
    expect(prepared.markers.map(({ name }) => name)).toEqual(['a', 'v', '[ttl]']);
    expect(await prepare(`${insert.replace(' USING TTL ?', '')} IF NOT EXISTS`)).toMatchObject({ isIdempotent: false });
    expect((await plain.execute(`SELECT * FROM ${KEYSPACE}.pairs`)).rows).toEqual([]);
  });

  it('of a statement that the server refuses are its reason', async () => {
    expect(await failureOf(prepare(`SELECT nothing FROM ${KEYSPACE}.t WHERE k = ?`))).toMatchObject({
      code: 'invalid_statement',
      message: expect.stringContaining('nothing'),
    });
    expect((await failureOf(prepare('SELECT * FROM t WHERE k = ?', 'ringside_no_keyspace'))).code).toBe('not_found');
    expect((await failureOf(prepare(`SELECT 1; SELECT 2`))).message).toContain('2 statements');
  });

  it('are those of a write even where it could not run: preparing changes nothing', async () => {
    expect((await prepare(`DELETE FROM ${KEYSPACE}.t WHERE k = ?`)).markers).toHaveLength(1);
  });
});

describe('bound values', () => {
  it.each(VALUES.map(([type, value], at) => [type, value, at] as const))(
    'of %s arrive as they were given',
    async (_type, value, at) => {
      const k = 1_000 + at;
      await runQuery(cluster, {
        statement: `INSERT INTO ${KEYSPACE}.t (k, v${at}) VALUES (:k, :v)`,
        params: { k, v: value },
      });
      expect(await rowsOf({ statement: `SELECT v${at} FROM ${KEYSPACE}.t WHERE k = ?`, params: [k] })).toEqual([
        [value],
      ]);
    },
  );

  it('may be null, which removes, or unset, which leaves', async () => {
    const insert = `INSERT INTO ${KEYSPACE}.t (k, v12, v10, v20) VALUES (?, ?, ?, ?)`;
    await runQuery(cluster, { statement: insert, params: [1, 'kept', 5, ['s']] });
    await runQuery(cluster, { statement: insert, params: [1, null, null, null], unset: [1, 3] });
    const select = `SELECT v12, v10, v20 FROM ${KEYSPACE}.t WHERE k = 1`;
    expect(await rowsOf({ statement: select })).toEqual([['kept', null, ['s']]]);
  });

  it('cannot be unset in a key, nor in a read', async () => {
    const insert = { statement: `INSERT INTO ${KEYSPACE}.pairs (a, b, c) VALUES (?, ?, ?)`, params: [1, 'x', 1] };
    expect((await failureOf(runQuery(cluster, { ...insert, unset: [1] }))).message).toContain(
      'b is part of the partition key',
    );
    expect((await failureOf(runQuery(cluster, { ...insert, unset: [2] }))).message).toMatch(/unset/i);
    const read = {
      statement: `SELECT * FROM ${KEYSPACE}.pairs WHERE a = 1 AND b = 'x' LIMIT ?`,
      params: [null],
      unset: [0],
    };
    expect((await failureOf(runQuery(cluster, read))).message).toContain('only in a statement that changes data');
  });

  it('are lists for IN, and never text of the statement', async () => {
    for (const b of ["x' OR", 'y'])
      await runQuery(cluster, {
        statement: `INSERT INTO ${KEYSPACE}.pairs (a, b, c, v) VALUES (9, ?, 1, ?)`,
        params: [b, b],
      });
    const statement = `SELECT v FROM ${KEYSPACE}.pairs WHERE a = 9 AND b IN ?`;
    expect((await rowsOf({ statement, params: [["x' OR", 'y', 'none']] })).flat().toSorted()).toEqual(["x' OR", 'y']);
    expect(await rowsOf({ statement, params: [[]] })).toEqual([]);
  });
});
