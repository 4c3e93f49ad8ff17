import { beforeAll, describe, expect, it } from 'vitest';
import { compilePlan } from '@/lib/wire/plan';
import { TextSink } from '@/lib/wire/sink';
import { countAnswers, failureOf, insertAll, openQuery, pagesOf, runQuery, testBed } from '../test-support';
import { FIRST_PAGE_ROWS } from './page-sizer';
import type { ReadPage } from './reads';

const KEYSPACE = 'ringside_pages_test';
const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.wide (k int, c int, v int, PRIMARY KEY (k, c))`,
    `CREATE TABLE ${KEYSPACE}.narrow (k int PRIMARY KEY, v int)`,
    `CREATE TABLE ${KEYSPACE}.changing (k int PRIMARY KEY, v int)`,
    `CREATE TABLE ${KEYSPACE}.bytes (k int, c int, v blob, PRIMARY KEY (k, c))`,
  ],
);

const range = (count: number) => Array.from({ length: count }, (_, at) => at);

beforeAll(async () => {
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.wide (k, c, v) VALUES (?, ?, ?)`, [
    ...range(300).map((c) => [1, c, c % 100]),
    ...range(30).flatMap((k) => range(5).map((c) => [k + 10, c, k])),
  ]);
  const pairs = range(200).map((k) => [k, k]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.narrow (k, v) VALUES (?, ?)`, pairs);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.changing (k, v) VALUES (?, ?)`, pairs);
  const blobs = range(30).map((c) => [1, c, Buffer.alloc(c === 15 ? 3 : 4, c)]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.bytes (k, c, v) VALUES (?, ?, ?)`, blobs);
});

const read = (statement: string, pageRows: number, more = {}) =>
  runQuery(cluster, { statement: statement.replaceAll('FROM ', `FROM ${KEYSPACE}.`), pageRows, maxPages: 0, ...more });
const rowCounts = (pages: readonly ReadPage[]) => pages.map(({ rows }) => rows);
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** The values of a page, from the writer that all readers use. */
function valuesOf(pages: readonly ReadPage[]): unknown[][] {
  const sink = new TextSink();
  for (const page of pages) {
    if (page.columns !== null) compilePlan(page.columns, 'ndjson-array').writePage(page.body, 0, page.rows, sink);
  }
  const lines = new TextDecoder().decode(sink.take()).split('\n').slice(0, -1);
  return lines.map((line): unknown[] => JSON.parse(line));
}

describe('a read ends where the paging state ends', () => {
  it('with an empty page when the rows are a multiple of the page', async () => {
    const pages = await read('SELECT * FROM wide WHERE k = 1', 100);
    expect(rowCounts(pages)).toEqual([100, 100, 100, 0]);
    expect(pages.at(-1)?.pagingState).toBeNull();
    expect(pages.slice(0, -1).every(({ pagingState }) => pagingState !== null)).toBe(true);
    expect(valuesOf(pages)).toEqual(range(300).map((c) => [1, c, c % 100]));
  });

  it('and not at a page that a filter made short or empty', async () => {
    const pages = await read('SELECT c FROM wide WHERE k = 1 AND v = 99 ALLOW FILTERING', 2);
    expect(valuesOf(pages)).toEqual([[99], [199], [299]]);
    const everything = await read('SELECT k, c FROM wide WHERE v = 29 ALLOW FILTERING', 1);
    expect(valuesOf(everything)).toHaveLength(8);
    expect(everything.at(-1)?.frame.ringFraction).toBe(1);
  });

  it('of no rows with one empty page that has the columns', async () => {
    const pages = await read('SELECT * FROM wide WHERE k = 999', 10);
    expect(rowCounts(pages)).toEqual([0]);
    expect(pages[0]?.columns?.map(({ name }) => name)).toEqual(['k', 'c', 'v']);
  });

  it.each([
    [7, 10],
    [100, 10],
    [25, 10],
  ])('at LIMIT %d with pages of %d', async (limit, pageRows) => {
    const pages = await read(`SELECT * FROM narrow LIMIT ${limit}`, pageRows);
    expect(sum(rowCounts(pages))).toBe(limit);
    expect(Math.max(...rowCounts(pages))).toBeLessThanOrEqual(pageRows);
  });

  it('with PER PARTITION LIMIT in every partition', async () => {
    const pages = await read('SELECT k, c FROM wide PER PARTITION LIMIT 2', 7);
    expect(valuesOf(pages)).toHaveLength(31 * 2);
    expect(pages.at(-1)?.frame.ringFraction).toBe(1);
  });
});

describe('the share of the ring', () => {
  it('grows from page to page and is 1 at the end', async () => {
    const pages = await read('SELECT * FROM narrow', 9);
    const [fractions, tokens] = [pages.map(({ frame }) => frame.ringFraction), pages.map(({ frame }) => frame.token)];
    expect(fractions.at(-1)).toBe(1);
    for (const [at, fraction] of fractions.entries()) expect(fraction).toBeGreaterThan(fractions[at - 1] ?? 0);
    expect(tokens.slice(0, -1).every((token) => token !== null)).toBe(true);
    const keys = valuesOf(pages.slice(0, 1)).map(([k]) => k);
    const last = await plain.execute(`SELECT token(k) AS t FROM ${KEYSPACE}.narrow WHERE k = ?`, [keys.at(-1)], {
      prepare: true,
    });
    expect(tokens[0]).toBe(String(last.rows[0]?.t));
  });

  it.each([
    'SELECT * FROM wide WHERE k = 1',
    'SELECT * FROM wide WHERE k IN (10, 11, 12)',
    'SELECT k, count(*) FROM wide GROUP BY k',
    'SELECT count(*) FROM wide',
    'SELECT max(v) FROM wide',
  ])('is unknown for %s', async (statement) => {
    const pages = await read(statement, 3);
    expect(pages.map(({ frame }) => [frame.token, frame.ringFraction])).toEqual(pages.map(() => [null, null]));
  });

  it('is not 1 when LIMIT ended the read', async () => {
    const pages = await read('SELECT * FROM narrow LIMIT 20', 10);
    expect(pages[0]?.frame.ringFraction).toBeGreaterThan(0);
    expect(pages.at(-1)?.frame.ringFraction).toBeNull();
  });
});

describe('pages are requested', () => {
  it('one ahead of the reader, and no more', async () => {
    const answers = countAnswers(await cluster.client(), '/* ahead */');
    const statement = `SELECT /* ahead */ * FROM ${KEYSPACE}.narrow`;
    // As many rows as in the first request, so that each page is one request.
    const { pages } = await openQuery(cluster, { statement, pageRows: FIRST_PAGE_ROWS, maxPages: 0 });
    const iterator = pages[Symbol.asyncIterator]();
    for (let taken = 1; taken <= 4; taken++) {
      await iterator.next();
      await expect.poll(answers).toBe(taken + 1);
      await plain.execute('SELECT key FROM system.local');
      expect(answers()).toBe(taken + 1);
    }
    await iterator.return?.();
  });

  it('no longer once the read is stopped', async () => {
    const answers = countAnswers(await cluster.client(), '/* stop */');
    const stop = new AbortController();
    const asked = { statement: `SELECT /* stop */ * FROM ${KEYSPACE}.narrow`, pageRows: FIRST_PAGE_ROWS, maxPages: 0 };
    const { pages } = await openQuery(cluster, asked, stop.signal);
    const iterator = pages[Symbol.asyncIterator]();
    await iterator.next();
    stop.abort(new Error('enough'));
    await expect(iterator.next()).rejects.toThrow('enough');
    await expect.poll(answers).toBe(2);
    for (let waits = 0; waits < 5; waits++) await plain.execute('SELECT key FROM system.local');
    expect(answers()).toBe(2);
  });

  it('not at all if it was stopped before', async () => {
    const answers = countAnswers(await cluster.client(), '/* never */');
    const asked = { statement: `SELECT /* never */ * FROM ${KEYSPACE}.narrow` };
    await expect(pagesOf(await openQuery(cluster, asked, AbortSignal.abort(new Error('no'))))).rejects.toThrow('no');
    expect(answers()).toBe(0);
  });

  it('up to maxPages, after which a cursor says where to resume', async () => {
    const pages = await read('SELECT * FROM narrow', 10, { maxPages: 3 });
    expect(rowCounts(pages)).toEqual([10, 10, 10]);
    expect(pages.at(-1)?.frame.cursor).toMatch(/^[\w-]+\.[\w-]+$/);
  });
});

describe('a page that fails', () => {
  it('is reported when its turn comes, not while the reader is busy with the one before', async () => {
    const statement = `SELECT blobAsInt(v) FROM ${KEYSPACE}.bytes WHERE k = 1`;
    const { pages } = await openQuery(cluster, { statement, pageRows: 10, maxPages: 0 });
    const iterator = pages[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toMatchObject({ rows: 10 });
    // Long enough for the second page to have failed: an unhandled rejection would fail this file.
    for (let waits = 0; waits < 20; waits++) await plain.execute('SELECT key FROM system.local');
    expect(await failureOf(iterator.next())).toMatchObject({ code: 'invalid_statement' });
  });

  it('because the table changed names the column', async () => {
    const { pages } = await openQuery(cluster, {
      statement: `SELECT * FROM ${KEYSPACE}.changing`,
      pageRows: 10,
      maxPages: 0,
    });
    const iterator = pages[Symbol.asyncIterator]();
    await iterator.next();
    await plain.execute(`ALTER TABLE ${KEYSPACE}.changing ADD added list<text>`);
    const rest = (async () => {
      for (let step = await iterator.next(); !step.done; step = await iterator.next());
    })();
    const failure = await failureOf(rest);
    expect(failure).toMatchObject({ code: 'schema_changed', retryable: false });
    expect(failure.message).toContain('column added (list<text>) is new');
  });
});
