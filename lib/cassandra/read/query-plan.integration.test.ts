import { afterAll, describe, expect, it } from 'vitest';
import { STATEMENT_CHARACTERS } from '@/lib/contract/limits';
import { ANONYMOUS } from '@/lib/contract/principal';
import { rowsRequestSchema } from '@/lib/contract/reads';
import { Cluster } from '../client/cluster';
import { locateKey } from '../nodes/replicas';
import { readSchema } from '../schema/schema';
import { clusterConfig, failureOf, pagesOf, REPLICAS, runQuery, testBed } from '../test-support';
import { pageValues } from './page-values';
import { classifyStatement } from './query-plan';
import { openRead } from './reads';
import { readRowCopies } from './row-copies';
import { planTable } from './table-plan';

const KEYSPACE = 'ringside_plan_test';
const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.t (k int PRIMARY KEY, v int)`,
    `INSERT INTO ${KEYSPACE}.t (k, v) VALUES (1, 1)`,
    `CREATE TABLE ${KEYSPACE}.wide (k int, c int, PRIMARY KEY (k, c))`,
    ...[1, 2, 3].flatMap((k) => [30, 10, 20].map((c) => `INSERT INTO ${KEYSPACE}.wide (k, c) VALUES (${k}, ${c + k})`)),
  ],
);
const readOnly = new Cluster(clusterConfig({ name: 'readonly', writes: false, label: 'Production' }));

afterAll(() => readOnly.close());

/** The rows of the table, read without Ringside. */
async function contents() {
  const { rows } = await plain.execute(`SELECT k, v FROM ${KEYSPACE}.t`);
  return rows.map((row) => [row.k, row.v]);
}

const confirmed = (statement: string, name?: string) => {
  return { statement, confirm: name === undefined ? { statement } : { statement, name } };
};

describe('a read-only cluster', () => {
  it.each([
    `INSERT INTO ${KEYSPACE}.t (k, v) VALUES (2, 2)`,
    `UPDATE ${KEYSPACE}.t SET v = 9 WHERE k = 1`,
    `DELETE FROM ${KEYSPACE}.t WHERE k = 1`,
    `BEGIN BATCH INSERT INTO ${KEYSPACE}.t (k, v) VALUES (2, 2); APPLY BATCH`,
    `begin unlogged batch delete from ${KEYSPACE}.t where k = 1 apply batch;`,
    `TRUNCATE ${KEYSPACE}.t`,
    `DROP TABLE ${KEYSPACE}.t`,
    `ALTER TABLE ${KEYSPACE}.t ADD x int`,
    `CREATE TABLE ${KEYSPACE}.u (k int PRIMARY KEY)`,
    `CREATE FUNCTION ${KEYSPACE}.f (a int) RETURNS NULL ON NULL INPUT RETURNS int LANGUAGE java AS $$ return a; $$`,
    'CREATE ROLE intruder',
    'GRANT ALL ON ALL KEYSPACES TO cassandra',
    `-- SELECT\nDELETE FROM ${KEYSPACE}.t WHERE k = 1`,
    `/* SELECT * FROM t */ TRUNCATE ${KEYSPACE}.t`,
    `// SELECT 1\n/* ; */ INSERT INTO ${KEYSPACE}.t (k, v) VALUES (2, 2)`,
    `\n\t ;  DELETE FROM ${KEYSPACE}.t WHERE k = 1`,
    '\u00a0SELECT 1',
    'EXECUTE x',
  ])('refuses %j, confirmed or not', async (statement) => {
    expect((await failureOf(runQuery(readOnly, confirmed(statement, 't')))).code).toMatch(
      /^(read_only|invalid_request|syntax_error)$/,
    );
    expect(await contents()).toEqual([[1, 1]]);
  });

  it('refuses a write after a read', async () => {
    const statement = `SELECT * FROM ${KEYSPACE}.t; DELETE FROM ${KEYSPACE}.t WHERE k = 1`;
    expect(await failureOf(runQuery(readOnly, confirmed(statement)))).toMatchObject({ code: 'invalid_request' });
    expect(await contents()).toEqual([[1, 1]]);
  });

  it('is named in the refusal, with the refused statement', async () => {
    const { code, message } = await failureOf(runQuery(readOnly, confirmed(`TRUNCATE ${KEYSPACE}.t`, 't')));
    expect([code, message]).toEqual(['read_only', 'Production is read-only here: TRUNCATE was not run.']);
  });

  it.each([
    `SELECT * FROM ${KEYSPACE}.t`,
    `-- DELETE\n/* DROP */ select * from ${KEYSPACE}.t -- the end`,
    `SELECT * FROM ${KEYSPACE}.t;`,
    `DESCRIBE TABLE ${KEYSPACE}.t`,
    'DESC KEYSPACES',
  ])('runs %j', async (statement) => {
    const pages = await runQuery(readOnly, { statement, maxPages: 0 });
    expect(pages.reduce((rows, page) => rows + page.rows, 0)).toBeGreaterThan(0);
  });
});

describe('a statement that changes something', () => {
  const insert = `INSERT INTO ${KEYSPACE}.t (k, v) VALUES (1, 1)`;

  it('runs only when its exact text is confirmed', async () => {
    const update = `UPDATE ${KEYSPACE}.t SET v = 5 WHERE k = 1`;
    const others = [undefined, { statement: insert }, { statement: `${update} ` }, { statement: '' }];
    for (const confirm of others) {
      const failure = await failureOf(runQuery(cluster, { statement: update, confirm }));
      expect(failure).toMatchObject({ code: 'confirmation_required' });
    }
    expect(await contents()).toEqual([[1, 1]]);
    await runQuery(cluster, confirmed(update));
    expect(await contents()).toEqual([[1, 5]]);
    await runQuery(cluster, confirmed(insert));
  });

  it('and is destructive runs only when the name is typed', async () => {
    const truncate = `TRUNCATE ${KEYSPACE}.t`;
    for (const name of [undefined, '', 'T', 'tt', KEYSPACE]) {
      expect(await failureOf(runQuery(cluster, confirmed(truncate, name)))).toMatchObject({
        code: 'confirmation_required',
      });
    }
    expect(await contents()).toEqual([[1, 1]]);
    await runQuery(cluster, confirmed(truncate, `${KEYSPACE}.t`));
    expect(await contents()).toEqual([]);
    await runQuery(cluster, confirmed(insert));
    await plain.execute(`CREATE TABLE ${KEYSPACE}.doomed (k int PRIMARY KEY)`);
    await runQuery(cluster, { ...confirmed('DROP TABLE doomed', 'doomed'), keyspace: KEYSPACE });
    expect(await failureOf(runQuery(cluster, { statement: `SELECT * FROM ${KEYSPACE}.doomed` }))).toMatchObject({
      code: 'invalid_statement',
    });
  });
});

describe('what a statement costs here', () => {
  it.each<[string, object]>([
    ['SELECT * FROM t WHERE k = 1', { cost: { scope: 'one_partition' }, ringProgress: false }],
    ['SELECT * FROM t WHERE k IN (1, 2)', { cost: { scope: 'partitions', count: 2 } }],
    ['SELECT * FROM t', { cost: { scope: 'whole_ring' }, ringProgress: true, splittable: true }],
    ['SELECT * FROM t WHERE v = 1 ALLOW FILTERING', { cost: { scope: 'whole_ring_filtering' }, ringProgress: true }],
    ['SELECT * FROM system.local', { cost: { scope: 'one_node' }, order: 'node_local', ringProgress: false }],
    ['DESCRIBE KEYSPACES', { kind: 'describe', isWrite: false }],
    ['nonsense', { kind: 'unknown', isWrite: true }],
  ])('%s', async (statement, classification) => {
    expect(await classifyStatement(cluster, statement, KEYSPACE)).toMatchObject(classification);
  });

  it('several partitions merged in order are read in one piece', async () => {
    const statement = `SELECT c FROM ${KEYSPACE}.wide WHERE k IN (1, 2, 3) ORDER BY c`;
    const pages = await runQuery(cluster, { statement, pageRows: 2, maxPages: 0 });
    expect(pages.map(({ rows }) => rows)).toEqual([9]);
    const values = pages[0]?.body ?? Buffer.alloc(0);
    expect(Array.from({ length: 9 }, (_, row) => values.readInt32BE(row * 8 + 4))).toEqual([
      ...[11, 12, 13, 21, 22, 23, 31, 32, 33],
    ]);
  });
});

describe('a statement that would keep Cassandra’s parser busy', () => {
  const brackets = (count: number) => `SELECT ${'('.repeat(count)}k${')'.repeat(count)} FROM ${KEYSPACE}.t`;

  it.each([
    ['brackets', brackets(30)],
    ['minus signs', `INSERT INTO ${KEYSPACE}.t (k, v) VALUES (7, ${'- '.repeat(100_000)}1)`],
  ])('is not sent: %s', async (_, statement) => {
    expect(await failureOf(runQuery(cluster, confirmed(statement)))).toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('was not sent'),
    });
  });

  it('may be as long as the limit allows', async () => {
    const statement = `SELECT * FROM ${KEYSPACE}.t WHERE k = 1 ${' '.repeat(STATEMENT_CHARACTERS)}`;
    expect(await failureOf(runQuery(cluster, { statement }))).toMatchObject({
      message: expect.stringContaining(`at most ${STATEMENT_CHARACTERS}`),
    });
  });

  it('is not a long IN list or a large batch', async () => {
    const keys = Array.from({ length: 1_000 }, (_, at) => at + 10_000);
    const [page] = await runQuery(cluster, {
      statement: `SELECT k FROM ${KEYSPACE}.t WHERE k IN (1, ${keys.join(', ')})`,
    });
    expect(page?.rows).toBe(1);
    const inserts = keys.slice(0, 500).map((k) => `INSERT INTO ${KEYSPACE}.wide (k, c) VALUES (${k}, - 1)`);
    await runQuery(cluster, confirmed(`BEGIN UNLOGGED BATCH ${inserts.join('; ')}; APPLY BATCH`));
    await runQuery(cluster, {
      statement: `SELECT ${Array(500).fill('cast(k AS text)').join(', ')} FROM ${KEYSPACE}.t`,
    });
  });
});

describe('values with names that every object inherits', () => {
  const names = Object.getOwnPropertyNames(Object.prototype);
  const columns = names.map((name) => `"${name}"`);

  it('are stored and read back: map keys, fields, columns and markers', async () => {
    const table = `${KEYSPACE}.outside`;
    await plain.execute(`CREATE TYPE ${KEYSPACE}.outside_type (${columns.map((name) => `${name} text`).join(', ')})`);
    await plain.execute(
      `CREATE TABLE ${table} (${columns.map((name) => `${name} text`).join(', ')}, m map<text, text>, u frozen<outside_type>, PRIMARY KEY (("__proto__", "constructor"), "toString"))`,
    );
    const all = JSON.parse(`{${names.map((name) => `"${name}":"of ${name}"`).join(',')}}`);
    const markers = [...columns, 'm', 'u'].map((name) => `:${name}`);
    await runQuery(cluster, {
      ...confirmed(`INSERT INTO ${table} (${columns.join(', ')}, m, u) VALUES (${markers.join(', ')})`),
      params: JSON.parse(
        JSON.stringify([all])
          .slice(1, -2)
          .concat(`,"m":${JSON.stringify(all)},"u":${JSON.stringify(all)}}`),
      ),
    });
    const { rows } = await plain.execute(`SELECT JSON ${columns.join(', ')}, m, u FROM ${table}`);
    const stored = JSON.parse(String(rows[0]?.get(0)));
    for (const name of names)
      expect([stored[`"${name}"`] ?? stored[name], stored.m[name]]).toEqual([all[name], all[name]]);

    const key = JSON.parse('{"__proto__":"of __proto__","constructor":"of constructor"}');
    await readSchema(cluster, { fresh: true });
    const place = await locateKey(cluster, { keyspace: KEYSPACE, table: 'outside', key });
    expect(place.replicas).toHaveLength(REPLICAS);
    expect(await failureOf(locateKey(cluster, { keyspace: KEYSPACE, table: 'outside', key: {} }))).toMatchObject({
      message: 'The partition key also needs __proto__.',
    });
    const rowKey = JSON.parse(`{"__proto__":"of __proto__","constructor":"of constructor","toString":"of toString"}`);
    const { copies, columns: read } = await readRowCopies(
      cluster,
      { keyspace: KEYSPACE, table: 'outside' },
      { key: rowKey },
      new AbortController().signal,
    );
    const values = copies[0]?.cells?.map(({ value }) => value) ?? [];
    for (const name of names) expect(values[read.findIndex((column) => column.name === name)]).toBe(all[name]);
    expect(JSON.stringify(values[read.findIndex(({ name }) => name === 'm')])).toContain('"__proto__":"of __proto__"');
    expect(JSON.stringify(values[read.findIndex(({ name }) => name === 'u')])).toContain('"__proto__":"of __proto__"');

    const request = rowsRequestSchema.parse({
      columns: names,
      filters: names
        .slice(0, 0)
        .concat('__proto__', 'constructor')
        .map((column) => ({ column, operator: '=', value: `of ${column}` })),
    });
    const plan = await planTable(cluster, { keyspace: KEYSPACE, table: 'outside' }, request);
    const [page] = await pagesOf(await openRead(plan, ANONYMOUS));
    expect(page === undefined ? [] : await pageValues(page)).toEqual([names.map((name) => all[name])]);
  });
});
