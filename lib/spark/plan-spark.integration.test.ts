import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Cluster } from '@/lib/cassandra/client/cluster';
import { clusterConfig, failureOf, testBed } from '@/lib/cassandra/test-support';
import { type SparkRequest, sparkRequestSchema } from '@/lib/contract/spark';
import { planSpark, secretProperties } from './plan-spark';
import { checkNamed, workOf } from './spark-kind';
import { restServer } from './test-rest-server';

const KEYSPACE = 'ringside_spark_plan';
const { cluster } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.t (id int, c int, s text static, price decimal, v text, PRIMARY KEY (id, c))`,
    `CREATE TABLE ${KEYSPACE}.hits (id int PRIMARY KEY, n counter)`,
    `CREATE TABLE ${KEYSPACE}.lists (id int PRIMARY KEY, l list<int>)`,
    `CREATE TABLE ${KEYSPACE}.odd ("a b" int PRIMARY KEY, v text)`,
  ],
);
const EXPORT = { do: 'export', keyspace: KEYSPACE, table: 't', format: 'parquet' } as const;
const COPY = { do: 'copy', keyspace: KEYSPACE, table: 't', to: { keyspace: KEYSPACE, table: 'hits' } } as const;
const LISTS = {
  do: 'copy' as const,
  ...{ keyspace: KEYSPACE, table: 'lists', to: { keyspace: KEYSPACE, table: 'lists' }, failed: '/shared/bad' },
  mapping: ['id', 'l'].map((name) => ({ to: name, from: { field: name } })),
};
const ID = { to: 'id', from: { field: 'id' } };

const planned = async (request: SparkRequest, isAnywhere = false, of = cluster) =>
  (await planSpark(of, sparkRequestSchema.parse(request), { timestampMicros: 1, isAnywhere })).plan;

const server = await restServer();
const masterIs = (serverSparkVersion: string) => Object.assign(server.answers, { status: { serverSparkVersion } });

beforeAll(() => {
  masterIs('3.5.9');
  vi.stubEnv('RINGSIDE_DATA_DIR', mkdtempSync(join(tmpdir(), 'ringside-spark-plan-')));
  const properties = { 'spark.hadoop.fs.s3a.secret.key': 'hidden' };
  const spark = { master: 'spark://m:7077', rest: server.address, paths: ['/shared'], properties };
  vi.stubEnv('RINGSIDE_CLUSTERS', JSON.stringify({ clusters: [], spark }));
});
afterAll(server.close);

describe('a plan for Spark', () => {
  it('names columns that want a confirmation, and starts only with it', async () => {
    const target = '/shared/t';
    expect(await planned({ ...EXPORT, target })).toMatchObject({
      unconfirmed: ['price'],
      problems: [],
      start: { can: true },
    });
    const asked = (accepted: string[]) =>
      workOf(cluster, sparkRequestSchema.parse({ ...EXPORT, target, accepted }), false);
    expect((await failureOf(asked([]))).code).toBe('confirmation_required');
    expect((await asked(['price'])).script).toContain('ACCEPTED = ["price"]');
  });

  it('lets Spark filter a table with static columns by itself', async () => {
    const { files, notes } = await planned({ ...EXPORT, filters: [{ column: 'c', operator: '=', value: 1 }] });
    expect(files?.script).toContain('PUSHDOWN = False');
    expect(notes.join(' ')).toContain('reads the whole table');
  });

  it.each<[string, SparkRequest]>([
    ['a b', { ...EXPORT, table: 'odd' }],
    ['counter', { ...COPY, mapping: [ID] }],
    ['no column “gone”', { ...EXPORT, columns: ['gone'] }],
    ['its elements come twice', { ...LISTS, timestampMicros: 1 }],
    ['its elements come twice', { ...LISTS, timestampField: 'id' }],
    ['TOKEN', { ...EXPORT, filters: [{ column: 'id', operator: 'TOKEN >', value: '1' }] }],
  ])('has a problem and no script: %s', async (word, request) => {
    const { problems, files } = await planned(request);
    expect(problems.join(' ')).toContain(word);
    expect(files).toBeNull();
  });

  it('writes a list with the time of each write, and other columns with a fixed one', async () => {
    const { files, notes } = await planned(LISTS);
    expect(files?.script).toContain('WRITE_OPTIONS = {}');
    expect(notes.join(' ')).toContain('elements twice');
    const { files: fixed } = await planned({ ...LISTS, mapping: [ID] });
    expect(fixed?.script).toContain('WRITE_OPTIONS = {"writetime": "1"}');
  });

  it('writes to no cluster that is read-only', async () => {
    const other = new Cluster(clusterConfig({ writes: false }));
    const { problems } = await planned({ ...COPY, mapping: [ID] }, false, other);
    await other.close();
    expect(problems.join(' ')).toContain('read-only');
  });

  it('starts for the web below configured paths and at the configured master alone', async () => {
    const start = async (change: object, isAnywhere = false) =>
      (await planned({ ...EXPORT, target: '/shared/t', ...change }, isAnywhere)).start.can;
    expect(await start({})).toBe(true);
    expect(await start({ target: '/sharedness' })).toBe(false);
    expect(await start({ target: '/etc' })).toBe(false);
    expect(await start({ master: 'spark://elsewhere:7077' })).toBe(false);
    expect(await start({ target: '/etc', master: 'spark://elsewhere:7077' }, true)).toBe(true);
  });

  it('starts nothing at a master of a version that the connector does not know, and still shows the script', async () => {
    masterIs('4.1.4');
    const target = '/shared/t';
    const { start, files } = await planned({ ...EXPORT, target });
    expect(start).toEqual({
      can: false,
      reason: expect.stringContaining('is Spark 4.1.4. The Spark Cassandra Connector'),
    });
    expect(files?.script).toContain('WORKS_WITH = ["3.5", "2.12"]');
    const work = workOf(cluster, sparkRequestSchema.parse({ ...EXPORT, target, accepted: ['price'] }), true);
    expect((await failureOf(work)).message).toContain('is made for Spark 3.5');
    masterIs('3.5.9');
  });

  it('shows no secret, which only the job’s own file has', async () => {
    const withLogin = new Cluster(clusterConfig({ username: 'who', password: 'secret-word' }));
    const { files } = await planned(EXPORT, false, withLogin);
    const own = await secretProperties(withLogin, sparkRequestSchema.parse(EXPORT));
    await withLogin.close();
    expect(files?.secrets).toEqual(['spark.cassandra.auth.username', 'spark.cassandra.auth.password']);
    expect(JSON.stringify(files)).not.toMatch(/secret-word|hidden/);
    expect(own).toContain('spark.cassandra.auth.password=secret-word');
    expect(own).toContain('spark.hadoop.fs.s3a.secret.key=hidden');
  });

  it('wants the name of the table that is written', () => {
    const copy = sparkRequestSchema.parse({ ...COPY, mapping: [ID] });
    expect(() => checkNamed(copy, 't')).toThrow('hits');
    expect(() => checkNamed(copy, 'hits')).not.toThrow();
    expect(() => checkNamed(sparkRequestSchema.parse(EXPORT), undefined)).not.toThrow();
  });
});
