import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS } from '@/lib/contract/principal';
import { schemaResponseSchema } from '@/lib/contract/schema';
import { quoteAlways } from '@/lib/cql/identifiers';
import { Cluster } from '../client/cluster';
import { locateKey } from '../nodes/replicas';
import { readRowCopies } from '../read/row-copies';
import { readSample } from '../read/sample';
import { openTable } from '../read/table-read';
import { plainClient } from '../test-ring';
import { clusterConfig, failureOf, pagesOf, REPLICAS, REPLICATION, runQuery, testBed } from '../test-support';
import { findKeyspace, findTable, readSchema } from './schema';

/** Names that every object inherits; as quoted CQL names they are like any other. */
const NAMES = Object.getOwnPropertyNames(Object.prototype);
const KEYSPACE = 'ringside_schema_names';

const columns = NAMES.map((name) => `${quoteAlways(name)} int`).join(', ');
const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TYPE ${KEYSPACE}."toString" (${columns})`,
    ...NAMES.map((name) => `CREATE TABLE ${KEYSPACE}.${quoteAlways(name)} (k int PRIMARY KEY, ${columns})`),
    `CREATE TABLE ${KEYSPACE}.keyed ("constructor" int, "toString" int, v int, PRIMARY KEY ("constructor", "toString"))`,
    `CREATE TABLE ${KEYSPACE}.typed (k int PRIMARY KEY, v frozen<"toString">, m map<text, int>)`,
  ],
);

const signal = AbortSignal.timeout(100_000);

describe('Names that every object inherits', () => {
  it('work as tables, types, fields and columns of the schema', async () => {
    const schema = schemaResponseSchema.parse(JSON.parse(JSON.stringify(await readSchema(cluster, { fresh: true }))));
    const keyspace = findKeyspace(schema, KEYSPACE);
    const names = keyspace?.tables.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(NAMES));
    expect(keyspace?.types[0]?.fields.map(({ name }) => name)).toEqual(NAMES);
    for (const name of NAMES) {
      const table = findTable(schema, KEYSPACE, name);
      expect(table?.columns.map((column) => column.name).toSorted()).toEqual(['k', ...NAMES].toSorted());
    }
  });

  it.each(NAMES)('can be read as a table %s', async (table) => {
    await plain.execute(`INSERT INTO ${KEYSPACE}.${quoteAlways(table)} (k, ${quoteAlways(table)}) VALUES (1, 2)`);
    const read = await openTable(cluster, { keyspace: KEYSPACE, table }, { pageRows: 10 }, ANONYMOUS, signal);
    expect((await pagesOf(read)).map(({ rows }) => rows)).toEqual([1]);
    const sample = await readSample(cluster, { keyspace: KEYSPACE, table }, {}, signal);
    expect(sample.columns.find(({ name }) => name === table)).toMatchObject({ filled: 1, examples: [2] });
  });
});

describe('A key column with such a name', () => {
  const name = { keyspace: KEYSPACE, table: 'keyed' };

  it('locates a row, and shows what each replica has', async () => {
    await plain.execute(`INSERT INTO ${KEYSPACE}.keyed ("constructor", "toString", v) VALUES (1, 2, 3)`);
    const { replicas } = await locateKey(cluster, { ...name, key: { constructor: 1 } });
    expect(replicas).toHaveLength(REPLICAS);
    const { copies } = await readRowCopies(cluster, name, { key: { constructor: 1, toString: 2 } }, signal);
    expect(copies.map(({ cells }) => cells?.map(({ value }) => value))).toEqual(replicas.map(() => [1, 2, 3]));
  });

  it('does not exist just because every object inherits it', async () => {
    const failure = await failureOf(locateKey(cluster, { ...name, key: {} }));
    expect(failure).toMatchObject({ code: 'invalid_request', message: 'The partition key also needs constructor.' });
    const copies = await failureOf(readRowCopies(cluster, name, { key: { v: 1 } }, signal));
    expect(copies).toMatchObject({ code: 'invalid_request', message: expect.stringContaining('constructor') });
  });
});

describe('A keyspace named __proto__', () => {
  const client = plainClient();
  const other = new Cluster(clusterConfig());
  const before = Object.getOwnPropertyNames(Object.prototype);
  const drop = () => client.execute('DROP KEYSPACE IF EXISTS "__proto__"');

  beforeAll(async () => {
    await drop();
    // Connected before: changes by other clients reach it as events.
    await readSchema(other);
    await client.execute(`CREATE KEYSPACE "__proto__" WITH replication = ${REPLICATION}`);
    await client.execute('CREATE TYPE "__proto__"."__proto__" (a int)');
    await client.execute('CREATE TABLE "__proto__"."__proto__" (k int PRIMARY KEY, "__proto__" int)');
    await client.execute('INSERT INTO "__proto__"."__proto__" (k, "__proto__") VALUES (1, 7)');
  });
  afterAll(async () => {
    await drop();
    await Promise.all([client.shutdown(), other.close()]);
  });

  it.each([
    ['that connected before it was created', other],
    ['that connects afterwards', cluster],
  ])('is browsed and queried by a cluster %s', async (_, connected) => {
    const read = await openTable(
      connected,
      { keyspace: '__proto__', table: '__proto__' },
      { pageRows: 10 },
      ANONYMOUS,
      signal,
    );
    expect((await pagesOf(read)).map(({ rows }) => rows)).toEqual([1]);
    const statement = 'SELECT "__proto__" FROM "__proto__" WHERE k = ?';
    const pages = await runQuery(connected, { statement, params: [1], keyspace: '__proto__' });
    expect(pages.map(({ rows }) => rows)).toEqual([1]);
    const schema = await readSchema(connected, { fresh: true });
    expect(findTable(schema, '__proto__', '__proto__')?.columns.map(({ name }) => name)).toEqual(['k', '__proto__']);
  });

  it('leaves other keyspaces and the prototype of all objects unchanged', async () => {
    await runQuery(other, { statement: 'ALTER TABLE "__proto__"."__proto__" ADD "constructor" int' });
    const read = await openTable(other, { keyspace: KEYSPACE, table: 'typed' }, { pageRows: 10 }, ANONYMOUS, signal);
    expect(await pagesOf(read)).toHaveLength(1);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });

  it('is not mistaken for one that is missing', async () => {
    const failure = await failureOf(runQuery(cluster, { statement: 'SELECT * FROM t', keyspace: 'constructor' }));
    expect(failure).toMatchObject({ code: 'not_found', message: 'There is no keyspace “constructor”.' });
  });
});

describe('A keyspace that no statement can name', () => {
  it.each(['a"b', 'x"; DROP KEYSPACE ringside_schema_names; --', 'a\u0000b', "a'b", ' '])(
    'is refused before it reaches a connection: %j',
    async (keyspace) => {
      const statement = 'SELECT * FROM typed';
      const failure = await failureOf(runQuery(cluster, { statement, keyspace }));
      expect(failure).toMatchObject({ code: 'not_found' });
      const bound = await failureOf(
        runQuery(cluster, { statement: `${statement} WHERE k = ?`, params: [1], keyspace }),
      );
      expect(bound).toMatchObject({ code: 'not_found' });
      expect(findKeyspace(await readSchema(cluster, { fresh: true }), KEYSPACE)).toBeDefined();
    },
  );

  it('is one name when the driver puts it into USE', async () => {
    const failure = await failureOf(cluster.client('x" ; SELECT "'));
    expect(failure.message).toContain('x" ; SELECT "');
    expect(failure.code).not.toBe('syntax_error');
  });
});

describe('A statement that names its keyspace', () => {
  it('runs on the shared connections, whatever keyspace is chosen', async () => {
    const chosen = new Cluster(clusterConfig());
    try {
      const pages = await runQuery(chosen, { statement: `SELECT * FROM ${KEYSPACE}.typed`, keyspace: 'system_auth' });
      expect(pages.map(({ rows }) => rows)).toEqual([0]);
      expect((await chosen.client()).keyspace).toBeFalsy();
      const gone = await runQuery(chosen, { statement: `SELECT * FROM ${KEYSPACE}.typed`, keyspace: 'no_such' });
      expect(gone).toHaveLength(1);
    } finally {
      await chosen.close();
    }
  });
});
