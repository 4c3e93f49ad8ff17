import type { Client } from 'cassandra-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS } from '@/lib/contract/principal';
import { rowsRequestSchema } from '@/lib/contract/reads';
import { openScan } from '@/lib/scan/scan';
import { tablePlan } from '@/lib/scan/test-scans';
import { Cluster } from '../client/cluster';
import { clusterConfig, insertAll, openQuery, pagesOf, runQuery, testBed } from '../test-support';
import { readSample } from './sample';
import { openTable } from './table-read';

const KEYSPACE = 'ringside_read_budget';
const MEBIBYTE = 1024 * 1024;
const READS = { bytes: MEBIBYTE, pages: 3 };
const [WIDE_ROWS, WIDE_BYTES, NARROW_ROWS] = [60, 200_000, 3_000];
const { plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.wide (k int PRIMARY KEY, v blob)`,
    `CREATE TABLE ${KEYSPACE}.narrow (k int PRIMARY KEY, v int)`,
  ],
);
const cluster = new Cluster(clusterConfig({ reads: READS }));
const never = new AbortController().signal;

beforeAll(async () => {
  for (let k = 0; k < WIDE_ROWS; k++) {
    await insertAll(plain, `INSERT INTO ${KEYSPACE}.wide (k, v) VALUES (?, ?)`, [[k, Buffer.alloc(WIDE_BYTES, k)]]);
  }
  const narrow = Array.from({ length: NARROW_ROWS }, (_, k) => [k, k]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.narrow (k, v) VALUES (?, ?)`, narrow);
});

afterAll(() => cluster.close());

/** The most requests for rows that a node had in flight at any moment: sent but not answered. */
function watchRequests(client: Client): { most: number; rows: number[] } {
  const seen = { most: 0, rows: [] as number[] };
  let now = 0;
  const execute = client.execute.bind(client);
  Reflect.set(client, 'execute', (statement: string, params: unknown[], options: { fetchSize?: number }) => {
    const answer = execute(statement, params, options);
    if (!statement.includes(KEYSPACE)) return answer;
    seen.most = Math.max(seen.most, ++now);
    seen.rows.push(options.fetchSize ?? 0);
    return answer.finally(() => now--);
  });
  return seen;
}

/** The most bytes expected of all pages in flight, checked whenever a request is sent. */
function watchBudget(client: Client): { most: number; together: number } {
  const seen = { most: 0, together: 0 };
  const execute = client.execute.bind(client);
  Reflect.set(client, 'execute', (...args: Parameters<Client['execute']>) => {
    const { underWay } = cluster.reads.state;
    const bytes = underWay.reduce((sum, page) => sum + (page.bytes ?? READS.bytes), 0);
    seen.most = Math.max(seen.most, bytes);
    seen.together = Math.max(seen.together, underWay.length);
    return execute(...args);
  });
  return seen;
}

async function rowsOfTable(table: string, asked: object): Promise<number> {
  const request = rowsRequestSchema.parse({ pageRows: 10_000, maxPages: 0, ...asked });
  const pages = await pagesOf(await openTable(cluster, { keyspace: KEYSPACE, table }, request, ANONYMOUS, never));
  return pages.reduce((sum, { rows }) => sum + rows, 0);
}

async function rowsOfScan(table: string): Promise<number> {
  const scan = await openScan(await tablePlan(cluster, `${KEYSPACE}.${table}`, { pageRows: 5_000 }), {
    principal: ANONYMOUS,
  });
  let rows = 0;
  for await (const page of scan.pages) rows += page.rows;
  return rows;
}

describe('reads of every kind at the same time', () => {
  it('never have more in flight than the budget, and all finish', async () => {
    const client = await cluster.client();
    const [requests, budget] = [watchRequests(client), watchBudget(client)];
    const [sample, ...counts] = await Promise.all([
      readSample(cluster, { keyspace: KEYSPACE, table: 'wide' }, { places: 20 }, never),
      ...Array.from({ length: 4 }, () => rowsOfTable('wide', {})),
      rowsOfTable('narrow', {}),
      rowsOfScan('wide'),
      rowsOfScan('narrow'),
      runQuery(cluster, { statement: `SELECT * FROM ${KEYSPACE}.narrow`, pageRows: 1_000, maxPages: 0 }).then((pages) =>
        pages.reduce((sum, { rows }) => sum + rows, 0),
      ),
    ]);
    expect([sample.failed, sample.partitions]).toEqual([0, WIDE_ROWS]);
    expect(counts).toEqual([...Array(4).fill(WIDE_ROWS), NARROW_ROWS, WIDE_ROWS, NARROW_ROWS, NARROW_ROWS]);
    expect(budget.most).toBeLessThanOrEqual(READS.bytes);
    expect(budget.together).toBeGreaterThan(1);
    expect(budget.together).toBeLessThanOrEqual(READS.pages);
    expect(requests.most).toBeLessThanOrEqual(READS.pages);
    expect(cluster.reads.state).toEqual({ underWay: [], waiting: [] });
  });

  it('start with a few rows, and at most double them with each request', async () => {
    const client = await cluster.client();
    const requests = watchRequests(client);
    await rowsOfTable('narrow', { pageRows: 1_000, maxPages: 1 });
    expect(requests.rows).toEqual([4, 8, 16, 32, 64, 128, 256, 492]);
    requests.rows.length = 0;
    await rowsOfTable('wide', { pageRows: 1_000, maxPages: 1 });
    expect(requests.rows.slice(0, 4)).toEqual([4, 5, 5, 5]);
  });
});

describe('a page of many requests', () => {
  const readPage = async (asked: object) => {
    const request = rowsRequestSchema.parse(asked);
    const [page] = await pagesOf(
      await openTable(cluster, { keyspace: KEYSPACE, table: 'narrow' }, request, ANONYMOUS, never),
    );
    return page;
  };

  it('is one page with as many rows as requested, and a cursor after them', async () => {
    const first = await readPage({ pageRows: 700 });
    expect(first).toMatchObject({ rows: 700, frame: { index: 0, rows: 700, totalRows: 700 } });
    const next = await readPage({ pageRows: 700, cursor: first?.frame.cursor });
    expect(next).toMatchObject({ rows: 700, frame: { index: 1, totalRows: 1_400 } });
  });

  it('knows the size of rows when it resumes from a cursor', async () => {
    const first = await readPage({ pageRows: 700 });
    const requests = watchRequests(await cluster.client());
    await readPage({ pageRows: 700, cursor: first?.frame.cursor });
    expect(requests.rows).toEqual([512, 188]);
  });
});

describe('a page of large rows', () => {
  it('is handed over in parts, and ends at 64 MiB', async () => {
    const copies = Array.from({ length: 6 }, (_, at) => `v AS v${at}`);
    const statement = `SELECT k, ${copies.join(', ')} FROM ${KEYSPACE}.wide`;
    const parts = await pagesOf(await openQuery(cluster, { statement, pageRows: 1_000, maxPages: 0 }));
    expect(Math.max(...parts.map(({ frameBytes }) => frameBytes))).toBeLessThan(8 * MEBIBYTE);
    const pages = parts.filter(({ endsPage }) => endsPage).map(({ frame }) => frame);
    expect(pages.map(({ index }) => index)).toEqual([0, 1]);
    expect(pages[0]?.bytes).toBeGreaterThanOrEqual(64 * MEBIBYTE);
    expect(pages[0]?.bytes).toBeLessThan(72 * MEBIBYTE);
    expect(pages.at(-1)?.totalRows).toBe(WIDE_ROWS);
    expect(parts.reduce((sum, { rows }) => sum + rows, 0)).toBe(WIDE_ROWS);
  });
});

describe('a reader', () => {
  it('that does not pull uses none of the budget', async () => {
    const request = rowsRequestSchema.parse({ pageRows: 100, maxPages: 0 });
    const { pages, waitsFor } = await openTable(
      cluster,
      { keyspace: KEYSPACE, table: 'narrow' },
      request,
      ANONYMOUS,
      never,
    );
    const iterator = pages[Symbol.asyncIterator]();
    await iterator.next();
    await expect.poll(() => cluster.reads.state).toEqual({ underWay: [], waiting: [] });
    expect(waitsFor()).toBeNull();
    await iterator.return?.();
  });

  it('that leaves while it waits gives up its place immediately, and sends nothing to Cassandra', async () => {
    const client = await cluster.client();
    const requests = watchRequests(client);
    let come: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      come = resolve;
    });
    const other = cluster.reads.reader().page(null, never, () => held);
    const [left, reader] = [new AbortController(), cluster.reads.reader()];
    const request = rowsRequestSchema.parse({});
    const read = openTable(cluster, { keyspace: KEYSPACE, table: 'narrow' }, request, ANONYMOUS, left.signal, reader);
    await expect.poll(reader.waitsFor).toBe(1);
    left.abort(new Error('gone'));
    await expect(read).rejects.toHaveProperty('cause.message', 'gone');
    expect(cluster.reads.state.waiting).toEqual([]);
    come();
    await other;
    expect(requests.rows).toEqual([]);
  });
});
