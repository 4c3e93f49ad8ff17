import { beforeAll, describe, expect, it } from 'vitest';
import { planQuery } from '@/lib/cassandra/read/query-plan';
import { readSchema } from '@/lib/cassandra/schema/schema';
import { countAnswers, failureOf, insertAll, testBed } from '@/lib/cassandra/test-support';
import { ANONYMOUS } from '@/lib/contract/principal';
import { queryRequestSchema } from '@/lib/contract/reads';
import { type ScanProgress, scanProgressSchema } from '@/lib/contract/scans';
import { openScan } from './scan';
import {
  createTables,
  drain,
  drainOpen,
  fillPairs,
  fillTables,
  LARGE_BYTES,
  PAIRS,
  rowsOf,
  sorted,
  tablePlan,
} from './test-scans';

const KEYSPACE = 'ringside_scan_test';
const { cluster, plain } = testBed([KEYSPACE], createTables(KEYSPACE));
const range = (count: number) => Array.from({ length: count }, (_, at) => at);

beforeAll(() => fillTables(plain, KEYSPACE));

describe('a scan gives every row once', () => {
  it.each(['wide', 'narrow', 'nothing', 'single', 'large'])('of the table %s', async (table) => {
    const expected = await rowsOf(plain, `${KEYSPACE}.${table}`);
    const plan = await tablePlan(cluster, `${KEYSPACE}.${table}`);
    for (const options of [{}, { pieces: 'ordered' }, { limits: { maxConcurrency: 1 } }] as const) {
      expect(sorted((await drain(plan, options)).lines)).toEqual(expected);
    }
    const small = await tablePlan(cluster, `${KEYSPACE}.${table}`, { pageRows: 3 });
    const { lines, pages, scan } = await drain(small);
    expect(sorted(lines)).toEqual(expected);
    expect(Math.max(...pages.map(({ rows }) => rows))).toBeLessThanOrEqual(3);
    expect(pages.every(({ columns }) => columns === scan.columns)).toBe(true);
    expect(
      pages
        .filter(({ last }) => last)
        .map(({ piece }) => piece)
        .sort(),
    ).toEqual(range(scan.pieces.length).sort());
  });

  it('between the requested tokens, at and next to the bounds', async () => {
    const { rows } = await plain.execute(`SELECT token(a, b) AS t FROM ${KEYSPACE}.narrow`);
    const tokens = rows.map((row) => BigInt(String(row.get('t')))).sort((one, other) => (one < other ? -1 : 1));
    const [from = 0n, to = 0n] = [tokens[100], tokens[400]];
    const count = async (asked: object) => {
      return (await drain(await tablePlan(cluster, `${KEYSPACE}.narrow`, asked))).lines.length;
    };
    expect(await count({ fromToken: String(from), toToken: String(to) })).toBe(300);
    expect(await count({ fromToken: String(from - 1n), toToken: String(to - 1n) })).toBe(300);
    expect(await count({ fromToken: String(to), toToken: String(from) })).toBe(0);
    expect(await count({ fromToken: String(from) })).toBe(599);
  });

  it.each([
    ["SELECT v, k FROM wide WHERE v = 'wide 17' ALLOW FILTERING", 1],
    ['SELECT DISTINCT k, s FROM wide', 201],
    ['SELECT k FROM wide PER PARTITION LIMIT 1', 201],
    ['SELECT a FROM narrow WHERE token(a, b) > 0 AND token(a, b) <= 9223372036854775807', null],
    ['SELECT JSON a FROM narrow', 700],
    ['SELECT c FROM wide WHERE k = 1', 400],
    ['SELECT c FROM wide WHERE k IN (1, 13)', 403],
    ['SELECT a FROM narrow LIMIT 33', 33],
    ['SELECT count(*) FROM narrow', 1],
    ['SELECT k, count(*), max(c) FROM wide GROUP BY k', 201],
    ['SELECT a FROM narrow WHERE a = 5 ALLOW FILTERING', 1],
  ])('of the statement %s', async (statement, rows) => {
    const qualified = statement.replace('FROM ', `FROM ${KEYSPACE}.`);
    const asked = queryRequestSchema.parse({ statement: qualified, pageRows: 50 });
    const plan = await planQuery(cluster, asked);
    const { lines, scan } = await drain(plan);
    const expected = await plain.execute(qualified, [], { fetchSize: 5_000 });
    expect(lines.length).toBe(rows ?? expected.rows.length);
    expect(lines.length).toBe(expected.rows.length);
    expect(scan.pieces.length > 1).toBe(plan.classification.splittable && !statement.includes('a = 5'));
  });

  it('of a node-local table, from one of the nodes', async () => {
    const { lines, pages } = await drain(await tablePlan(cluster, 'system_views.settings', { pageRows: 20 }));
    expect(lines.length).toBeGreaterThan(100);
    expect(new Set(pages.map(({ coordinator }) => coordinator)).size).toBe(1);
  });
});

describe('progress', () => {
  it('grows to the whole ring, every part done', async () => {
    const scan = await openScan(await tablePlan(cluster, `${KEYSPACE}.narrow`, { pageRows: 20 }), {
      principal: ANONYMOUS,
    });
    const seen: ScanProgress[] = [];
    for await (const page of scan.pages) if (page.rows >= 0) seen.push(scanProgressSchema.parse(scan.progress()));
    const shares = seen.map(({ ringFraction }) => ringFraction ?? -1);
    for (const [index, share] of shares.entries()) expect(share).toBeGreaterThanOrEqual(shares[index - 1] ?? 0);
    const end = scan.progress();
    expect(end).toMatchObject({ ringFraction: 1, rows: 700, estimatedRows: 700, estimatedLeftMs: 0, failures: [] });
    expect(end.ring).toBe('d'.repeat(120));
    expect(end.ranges).toMatchObject({ total: scan.pieces.length, done: scan.pieces.length, running: 0, failed: 0 });
  });
});

describe('a scan requests', () => {
  it('no more than its bound allows, however slow its reader', async () => {
    const client = await cluster.client();
    let answered = 0;
    const tracker = {
      onSuccess: (_h: unknown, query: unknown, _p: unknown, _o: unknown, _l: unknown, bytes: number) => {
        if (String(query).includes('.large')) answered += bytes;
      },
      onError: () => undefined,
      shutdown: () => undefined,
    };
    Reflect.set(Reflect.get(client, 'options'), 'requestTracker', tracker);
    const bufferBytes = 12 * LARGE_BYTES;
    const scan = await openScan(await tablePlan(cluster, `${KEYSPACE}.large`), { principal: ANONYMOUS, bufferBytes });
    let taken = 0;
    let rows = 0;
    for await (const page of scan.pages) {
      for (let waits = 0; waits < 4; waits++) await plain.execute('SELECT key FROM system.local');
      // A page may be larger than expected, by no more than the previous one suggested.
      expect(answered - taken).toBeLessThanOrEqual(bufferBytes + page.frameBytes + LARGE_BYTES);
      taken += page.frameBytes;
      rows += page.rows;
    }
    expect(rows).toBe(200);
  });

  it('nothing more once it is stopped', async () => {
    const answers = countAnswers(await cluster.client(), '.narrow');
    const plan = await tablePlan(cluster, `${KEYSPACE}.narrow`, { pageRows: 5 });
    const scan = await openScan(plan, { principal: ANONYMOUS });
    const iterator = scan.pages[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.next();
    scan.abort(new Error('enough'));
    await expect(iterator.next()).rejects.toThrow('enough');
    const { concurrency } = scan.progress();
    const before = answers();
    for (let waits = 0; waits < 10; waits++) await plain.execute('SELECT key FROM system.local');
    expect(answers()).toBeLessThanOrEqual(before + concurrency);
    const settled = answers();
    for (let waits = 0; waits < 10; waits++) await plain.execute('SELECT key FROM system.local');
    expect(answers()).toBe(settled);
  });

  it('no more rows per second than allowed', async () => {
    const plan = await tablePlan(cluster, `${KEYSPACE}.narrow`);
    const startedAt = performance.now();
    await drain(plan, { limits: { maxRowsPerSecond: 400 } });
    // 700 rows, minus the burst.
    expect(performance.now() - startedAt).toBeGreaterThan(1_000);
  });
});

describe('a table that changes while it is read', () => {
  it('by a column stops the scan and names the column', async () => {
    const scan = await openScan(await tablePlan(cluster, `${KEYSPACE}.altered`, { pageRows: 2 }), {
      principal: ANONYMOUS,
    });
    const iterator = scan.pages[Symbol.asyncIterator]();
    await iterator.next();
    await plain.execute(`ALTER TABLE ${KEYSPACE}.altered ADD added list<text>`);
    const failure = await failureOf(drainOpen({ ...scan, pages: { [Symbol.asyncIterator]: () => iterator } }));
    expect(failure).toMatchObject({ code: 'schema_changed', retryable: false });
    expect(failure.message).toContain('column added (list<text>) is new');
  });

  it.each([
    ['narrower', 'ALTER TABLE KS.narrower DROP v', 'Column v of KS.narrower was dropped while it was read.'],
    ['gone', 'DROP TABLE KS.gone', 'KS.gone was dropped while it was read.'],
  ])('by being %s says so', async (name, change, message) => {
    const table = `${KEYSPACE}.${name}`;
    await plain.execute(`CREATE TABLE ${table} (k int PRIMARY KEY, v int)`);
    await fillPairs(plain, table);
    await readSchema(cluster, { fresh: true });
    const plan = await tablePlan(cluster, table, { columns: ['k', 'v'], pageRows: 2 });
    const scan = await openScan(plan, { principal: ANONYMOUS });
    const iterator = scan.pages[Symbol.asyncIterator]();
    await iterator.next();
    await plain.execute(change.replace('KS', KEYSPACE));
    const failure = await failureOf(drainOpen({ ...scan, pages: { [Symbol.asyncIterator]: () => iterator } }));
    expect(failure).toMatchObject({ code: 'schema_changed', retryable: false });
    expect(failure.message).toBe(message.replace('KS', KEYSPACE));
  });

  it('by being dropped and recreated never passes for one table', async () => {
    const plan = await tablePlan(cluster, `${KEYSPACE}.remade`, { pageRows: 2 });
    const scan = await openScan(plan, { principal: ANONYMOUS });
    const iterator = scan.pages[Symbol.asyncIterator]();
    await iterator.next();
    const checkpoint = scan.checkpoint();
    await plain.execute(`DROP TABLE ${KEYSPACE}.remade`);
    await plain.execute(`CREATE TABLE ${KEYSPACE}.remade (k int PRIMARY KEY, v int)`);
    await insertAll(
      plain,
      `INSERT INTO ${KEYSPACE}.remade (k, v) VALUES (?, ?)`,
      range(300).map((k) => [k, -k]),
    );
    const failure = await failureOf(drainOpen({ ...scan, pages: { [Symbol.asyncIterator]: () => iterator } }));
    expect(failure.code).toMatch(/^(schema_changed|invalid_statement|server_error|ranges_failed|read_failure)$/);
    expect(await failureOf(drain(plan, { resume: checkpoint }))).toMatchObject({ code: 'schema_changed' });
    await readSchema(cluster, { fresh: true });
    const again = await tablePlan(cluster, `${KEYSPACE}.remade`, { pageRows: 2 });
    expect(await failureOf(openScan(again, { principal: ANONYMOUS, resume: checkpoint }))).toMatchObject({
      code: 'cursor_refused',
    });
  });

  it.each([
    ['in pieces', {}],
    ['in one ordered piece', { pieces: 'ordered' }],
  ] as const)('by being truncated, read %s, never passes for complete, nor resumes later', async (_, options) => {
    const emptied = `${KEYSPACE}.emptied`;
    // An earlier record: the check is whether there is a newer one.
    await plain.execute(`TRUNCATE ${emptied}`);
    await fillPairs(plain, emptied);
    const plan = await tablePlan(cluster, emptied, { pageRows: 2 });
    expect((await drain(plan, options)).lines.length).toBe(PAIRS);
    const scan = await openScan(plan, { principal: ANONYMOUS, ...options });
    const iterator = scan.pages[Symbol.asyncIterator]();
    await iterator.next();
    const checkpoint = scan.checkpoint();
    await plain.execute(`TRUNCATE ${emptied}`);
    const failure = await failureOf(drainOpen({ ...scan, pages: { [Symbol.asyncIterator]: () => iterator } }));
    expect(failure).toMatchObject({ code: 'table_truncated', retryable: false });
    expect(failure.message).toContain(`${emptied} was truncated while it was read`);
    expect(await failureOf(openScan(plan, { principal: ANONYMOUS, resume: checkpoint }))).toMatchObject({
      code: 'table_truncated',
    });
    expect((await drain(plan, options)).lines).toEqual([]);
  });
});
