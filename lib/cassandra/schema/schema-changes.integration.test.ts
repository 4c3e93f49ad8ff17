import type { Host } from 'cassandra-driver';
import { describe, expect, it } from 'vitest';
import { ANONYMOUS } from '@/lib/contract/principal';
import { rowsRequestSchema } from '@/lib/contract/reads';
import { openScan } from '@/lib/scan/scan';
import { drainOpen, linesOf, tablePlan } from '@/lib/scan/test-scans';
import { NODE_LOCAL_PROFILE } from '../client/client-options';
import { Cluster } from '../client/cluster';
import { columnFingerprint, readPages } from '../read/pages';
import { readSample } from '../read/sample';
import { openTable } from '../read/table-read';
import { clusterConfig, failureOf, insertAll, openQuery, pagesOf, runQuery, testBed } from '../test-support';
import { findTable, readSchema } from './schema';

const KEYSPACE = 'ringside_changes_test';
const ROWS = 400;
const TYPES = ['renamed', 'grown', 'nested', 'swapped', 'prepared'];
const { cluster, plain } = testBed(
  [KEYSPACE],
  TYPES.flatMap((type) => [
    `CREATE TYPE ${KEYSPACE}.of_${type} (a int, b int)`,
    `CREATE TYPE ${KEYSPACE}.around_${type} (inner frozen<of_${type}>)`,
    `CREATE TABLE ${KEYSPACE}.${type} (k int PRIMARY KEY, v frozen<of_${type}>,
       l list<frozen<map<text, frozen<around_${type}>>>>)`,
  ]),
);

/** Enough rows for several pages in every range of the ring. */
async function fill(table: string): Promise<void> {
  const rows = Array.from({ length: ROWS }, (_, k) => [k, { a: 1, b: 2 }]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.${table} (k, v) VALUES (?, ?)`, rows);
}

const open = async (table: string, asked: object = {}) =>
  openTable(
    cluster,
    { keyspace: KEYSPACE, table },
    rowsRequestSchema.parse(asked),
    ANONYMOUS,
    new AbortController().signal,
  );

describe('A type that changes while its rows are read', () => {
  it.each([
    [
      'a field renamed',
      'renamed',
      'ALTER TYPE of_renamed RENAME a TO z',
      /column l was .*\(a int, b int\).* and is now .*\(z int/,
    ],
    ['a field added', 'grown', 'ALTER TYPE of_grown ADD c int', /c int/],
    ['a nested field renamed', 'nested', 'ALTER TYPE around_nested RENAME inner TO outer', /column l .*\(outer /],
  ])('ends a scan as schema_changed: %s', async (_, table, change, message) => {
    await fill(table);
    const scan = await openScan(await tablePlan(cluster, `${KEYSPACE}.${table}`, { pageRows: 10 }), {
      principal: ANONYMOUS,
      limits: { maxConcurrency: 1 },
    });
    const pages = scan.pages[Symbol.asyncIterator]();
    expect((await pages.next()).done).toBe(false);
    await plain.execute(change.replace('TYPE ', `TYPE ${KEYSPACE}.`));
    const failure = await failureOf(
      (async () => {
        for (let step = await pages.next(); !step.done; step = await pages.next()) linesOf(step.value);
      })(),
    );
    expect(failure.code).toBe('schema_changed');
    expect(failure.message).toMatch(message);
  });

  it('is in the response of every node that had already prepared the statement', async () => {
    const client = await cluster.client();
    const typesOf = async (host: Host) => {
      const request = {
        statement: `SELECT v, l FROM ${KEYSPACE}.prepared WHERE k = ?`,
        params: [Buffer.from([0, 0, 0, 1])],
        consistency: 'ONE' as const,
        pageRows: 10,
        maxPages: 1,
        pagingState: null,
        timeoutMs: 10_000,
        trace: false,
        host,
        executionProfile: NODE_LOCAL_PROFILE,
        reader: cluster.reads.reader(),
        signal: new AbortController().signal,
      };
      for await (const page of readPages(client, request)) return columnFingerprint(page.columns ?? []);
      throw new Error('no page');
    };
    const answers = () => Promise.all(client.hosts.values().map(typesOf));
    expect(new Set(await answers()).size).toBe(1);
    await plain.execute(`ALTER TYPE ${KEYSPACE}.of_prepared RENAME b TO c`);
    const after = new Set(await answers());
    expect([...after]).toEqual([expect.stringContaining('(a int, c int)')]);
    expect([...after].join().match(/\(a int, c int\)/g)).toHaveLength(2);
  });

  it('makes the cursor of an earlier page invalid', async () => {
    await fill('swapped');
    const [page] = await pagesOf(await open('swapped', { pageRows: 10 }));
    await plain.execute(`ALTER TYPE ${KEYSPACE}.of_swapped RENAME a TO first`);
    const failure = await failureOf(open('swapped', { pageRows: 10, cursor: page?.frame.cursor }).then(pagesOf));
    expect(failure).toMatchObject({ code: 'cursor_refused' });
    await plain.execute(`ALTER TYPE ${KEYSPACE}.of_swapped RENAME first TO a`);
    const [next] = await pagesOf(await open('swapped', { pageRows: 10, cursor: page?.frame.cursor }));
    expect(next?.rows).toBe(10);
  });
});

describe('A schema change made through Ringside', () => {
  it('is known once it has returned: a table, its rows, a new column, a dropped table', async () => {
    const name = { keyspace: KEYSPACE, table: 'made' };
    await readSchema(cluster);
    await runQuery(cluster, { statement: `CREATE TABLE ${KEYSPACE}.made (k int PRIMARY KEY)` });
    expect((await pagesOf(await open('made'))).map(({ rows }) => rows)).toEqual([0]);
    await runQuery(cluster, { statement: `ALTER TABLE ${KEYSPACE}.made ADD v int` });
    const filtered = await open('made', { columns: ['v'], filters: [{ column: 'k', operator: '=', value: 1 }] });
    expect(filtered.header((await pagesOf(filtered))[0] ?? expect.fail()).columns[0]?.kind).toBe('regular');
    await runQuery(cluster, {
      statement: `DROP TABLE ${KEYSPACE}.made`,
      confirm: { statement: `DROP TABLE ${KEYSPACE}.made`, name: 'made' },
    });
    expect(await failureOf(open('made'))).toMatchObject({ code: 'not_found' });
    expect(await failureOf(readSample(cluster, name, {}, AbortSignal.timeout(60_000)))).toMatchObject({
      code: 'not_found',
    });
  });
});

describe('A schema change made elsewhere', () => {
  it('is known immediately, and the cursor of a page read then stays valid', async () => {
    const other = new Cluster(clusterConfig());
    try {
      await readSchema(other);
      await plain.execute(`CREATE TABLE ${KEYSPACE}.elsewhere (k int PRIMARY KEY, v int)`);
      await insertAll(
        plain,
        `INSERT INTO ${KEYSPACE}.elsewhere (k, v) VALUES (?, ?)`,
        Array.from({ length: 30 }, (_, k) => [k, k]),
      );
      const statement = `SELECT * FROM ${KEYSPACE}.elsewhere`;
      const [first] = await runQuery(other, { statement, pageRows: 10 });
      const cursor = first?.frame.cursor ?? undefined;
      expect(cursor).toBeDefined();
      expect(first?.columns).toHaveLength(2);
      await readSchema(other, { fresh: true });
      expect((await runQuery(other, { statement, pageRows: 10, cursor })).map(({ rows }) => rows)).toEqual([10]);
      await plain.execute(`ALTER TABLE ${KEYSPACE}.elsewhere ADD w int`);
      const again = await openQuery(other, { statement: `SELECT w FROM ${KEYSPACE}.elsewhere` });
      expect(again.header((await pagesOf(again))[0] ?? expect.fail()).columns).toEqual([
        { name: 'w', type: 'int', kind: 'regular' },
      ]);
    } finally {
      await other.close();
    }
  });

  it('costs one small read if there was none', async () => {
    // Tests of other files change it meanwhile.
    let known: unknown;
    await expect
      .poll(async () => {
        const before = known;
        known = await readSchema(cluster);
        return known === before;
      })
      .toBe(true);
    await plain.execute(`CREATE TABLE ${KEYSPACE}.another (k int PRIMARY KEY)`);
    const [one, other] = await Promise.all([readSchema(cluster), readSchema(cluster)]);
    expect(findTable(one, KEYSPACE, 'another')).toBeDefined();
    expect(other).toBe(one);
  });
});

describe('A node-local table', () => {
  it.each(['batches', 'local', 'peers_v2', 'size_estimates'])('is sampled from one node: system.%s', async (table) => {
    const sample = await readSample(cluster, { keyspace: 'system', table }, {}, AbortSignal.timeout(60_000));
    expect(sample).toMatchObject({ places: 1, failed: 0, gaps: [] });
    expect(sample.statement).not.toContain('token');
  });

  it('is scanned completely', async () => {
    const plan = await tablePlan(cluster, 'system.batches');
    expect((await drainOpen(await openScan(plan, { principal: ANONYMOUS }))).scan.progress()).toMatchObject({
      failures: [],
    });
  });
});
