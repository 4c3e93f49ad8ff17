import { afterAll, describe, expect, it } from 'vitest';
import { Cluster } from './cluster';
import { classifyStatement } from './query-plan';
import { clusterConfig, failureOf, runQuery, testBed } from './test-support';

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

/** What the table holds, by a client that Ringside has no part in. */
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
      /^(read_only|invalid_request)$/,
    );
    expect(await contents()).toEqual([[1, 1]]);
  });

  it('refuses a write behind a read', async () => {
    const statement = `SELECT * FROM ${KEYSPACE}.t; DELETE FROM ${KEYSPACE}.t WHERE k = 1`;
    expect(await failureOf(runQuery(readOnly, confirmed(statement)))).toMatchObject({ code: 'invalid_request' });
    expect(await contents()).toEqual([[1, 1]]);
  });

  it('is named, with what was refused', async () => {
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
      const failure = await failureOf(runQuery(cluster, { statement: update, ...{ confirm } }));
      expect(failure).toMatchObject({ code: 'confirmation_required' });
    }
    expect(await contents()).toEqual([[1, 1]]);
    await runQuery(cluster, confirmed(update));
    expect(await contents()).toEqual([[1, 5]]);
    await runQuery(cluster, confirmed(insert));
  });

  it('and destroys something only when its name is typed', async () => {
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

  it('some partitions, sorted into one another, come in one piece', async () => {
    const statement = `SELECT c FROM ${KEYSPACE}.wide WHERE k IN (1, 2, 3) ORDER BY c`;
    const pages = await runQuery(cluster, { statement, pageRows: 2, maxPages: 0 });
    expect(pages.map(({ rows }) => rows)).toEqual([9]);
    const values = pages[0]?.body ?? Buffer.alloc(0);
    expect(Array.from({ length: 9 }, (_, row) => values.readInt32BE(row * 8 + 4))).toEqual([
      ...[11, 12, 13, 21, 22, 23, 31, 32, 33],
    ]);
  });
});
