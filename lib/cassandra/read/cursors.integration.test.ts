import { beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS } from '@/lib/contract/principal';
import { rowsRequestSchema } from '@/lib/contract/reads';
import { Cluster } from '../client/cluster';
import { readSchema } from '../schema/schema';
import { clusterConfig, failureOf, insertAll, openQuery, pagesOf, runQuery, testBed } from '../test-support';
import { openRead } from './reads';
import { planTable } from './table-plan';

const KEYSPACE = 'ringside_cursors_test';
const OTHER = 'ringside_cursors_other';
const CREATE = `CREATE TABLE ${KEYSPACE}.t (k int PRIMARY KEY, v text)`;
const { cluster, plain } = testBed([KEYSPACE, OTHER], [CREATE, `CREATE TABLE ${OTHER}.t (k int PRIMARY KEY, v text)`]);
const STATEMENT = `SELECT * FROM ${KEYSPACE}.t`;

const rows = Array.from({ length: 60 }, (_, k) => [k, `value ${k}`]);

beforeAll(async () => {
  for (const keyspace of [KEYSPACE, OTHER]) {
    await insertAll(plain, `INSERT INTO ${keyspace}.t (k, v) VALUES (?, ?)`, rows);
  }
});

/** The first page and the cursor after it. */
async function begin(asked: object = {}) {
  const [first] = await runQuery(cluster, { statement: STATEMENT, pageRows: 20, ...asked });
  const cursor = first?.frame.cursor;
  if (first === undefined || cursor == null) throw new Error('no cursor');
  return { first, cursor };
}

describe('a cursor', () => {
  it('resumes where its page ended, even with another page size', async () => {
    const { first, cursor } = await begin();
    const rest = await runQuery(cluster, { statement: STATEMENT, pageRows: 7, maxPages: 0, cursor });
    const whole = await runQuery(cluster, { statement: STATEMENT, maxPages: 0 });
    const bytes = [first, ...rest].map(({ body, rows: count }) => cellsOf(body, count));
    expect(Buffer.concat(bytes).equals(cellsOf(whole[0]?.body, whole[0]?.rows))).toBe(true);
    expect(rest.map(({ frame }) => frame.index)).toEqual(rest.map((_, at) => at + 1));
    expect(rest.at(-1)?.frame).toMatchObject({ totalRows: 60, cursor: null, ringFraction: 1 });
  });

  it('resumes within a LIMIT, even if a page could hold all of it', async () => {
    const statement = `${STATEMENT} LIMIT 33`;
    const { first, cursor } = await begin({ statement });
    const rest = await runQuery(cluster, { statement, pageRows: 50, maxPages: 0, cursor });
    expect([first.rows, rest.reduce((sum, { rows: some }) => sum + some, 0)]).toEqual([20, 13]);
  });

  it.each<[string, object]>([
    ['of another statement', { statement: `SELECT k FROM ${KEYSPACE}.t` }],
    ['of another table', { statement: `SELECT * FROM ${OTHER}.t` }],
    ['with parameters', { params: [] }],
  ])('is refused for a request %s', async (_, asked) => {
    const { cursor } = await begin();
    expect(await failureOf(runQuery(cluster, { statement: STATEMENT, cursor, ...asked }))).toMatchObject({
      code: 'cursor_refused',
    });
  });

  it('is bound to the chosen keyspace only if the statement names none', async () => {
    const statement = 'SELECT * FROM t';
    const { cursor } = await begin({ statement, keyspace: KEYSPACE });
    expect(await failureOf(runQuery(cluster, { statement, keyspace: OTHER, cursor }))).toMatchObject({
      code: 'cursor_refused',
    });
    const whole = await begin();
    expect(await runQuery(cluster, { statement: STATEMENT, keyspace: OTHER, cursor: whole.cursor })).toHaveLength(1);
  });

  it('is refused by another cluster, even with the same data', async () => {
    const { cursor } = await begin();
    const other = new Cluster(clusterConfig({ name: 'other' }));
    expect(await failureOf(openQuery(other, { statement: STATEMENT, cursor }))).toMatchObject({
      code: 'cursor_refused',
    });
    await other.close();
  });

  it('is refused when it is forged', async () => {
    const { cursor } = await begin();
    const [payload = '', signature = ''] = cursor.split('.');
    const decoded: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...Object(decoded), r: 0 })).toString('base64url');
    const failure = await failureOf(runQuery(cluster, { statement: STATEMENT, cursor: `${forged}.${signature}` }));
    expect(failure).toMatchObject({ code: 'cursor_refused' });
    expect(failure.hint).toContain('Start again');
  });

  it('is refused when a parameter differs', async () => {
    const statement = `SELECT * FROM ${KEYSPACE}.t WHERE k IN ?`;
    const { cursor } = await begin({ statement, params: [[1, 2, 3]], pageRows: 2 });
    const again = (params: number[][]) => failureOf(runQuery(cluster, { statement, params, cursor }));
    expect(await again([[1, 2, 4]])).toMatchObject({ code: 'cursor_refused' });
    const pages = await runQuery(cluster, { statement, params: [[1, 2, 3]], cursor });
    expect(pages[0]?.rows).toBe(1);
  });

  it('is refused when the columns have changed', async () => {
    const statement = `SELECT * FROM ${OTHER}.t`;
    const { cursor } = await begin({ statement });
    await plain.execute(`ALTER TABLE ${OTHER}.t ADD extra int`);
    const failure = await failureOf(runQuery(cluster, { statement, cursor }));
    expect(failure).toMatchObject({ code: 'cursor_refused' });
    expect(failure.message).toContain('columns have changed');
  });

  it('is refused for a table that was dropped and recreated: it would point to other rows', async () => {
    const { cursor } = await begin();
    await plain.execute(`DROP TABLE ${KEYSPACE}.t`);
    await plain.execute(CREATE);
    await insertAll(plain, `INSERT INTO ${KEYSPACE}.t (k, v) VALUES (?, ?)`, rows);
    await readSchema(cluster, { fresh: true });
    const failure = await failureOf(runQuery(cluster, { statement: STATEMENT, cursor }));
    expect(failure).toMatchObject({ code: 'cursor_refused' });
    expect(failure.message).toContain('been recreated');
  });
});

describe('the table page', () => {
  const page = async (asked: object) => {
    const plan = await planTable(cluster, { keyspace: KEYSPACE, table: 't' }, rowsRequestSchema.parse(asked));
    return { plan, pages: await pagesOf(await openRead(plan, ANONYMOUS)) };
  };

  it('resumes by cursor, but not with another filter, token or column', async () => {
    const { pages } = await page({ pageRows: 25 });
    const cursor = pages[0]?.frame.cursor;
    expect((await page({ pageRows: 50, cursor })).pages[0]?.frame).toMatchObject({ index: 1, rows: 35, cursor: null });
    const others = [{ fromToken: '0' }, { columns: ['k'] }, { filters: [{ column: 'k', operator: '=', value: 1 }] }];
    for (const other of others) {
      expect(await failureOf(page({ cursor, ...other }))).toMatchObject({ code: 'cursor_refused' });
    }
  });

  it('reads a range of tokens, with progress as a share of that range', async () => {
    const below = await page({ toToken: '0', pageRows: 5, maxPages: 0 });
    const above = await page({ fromToken: '0', pageRows: 5, maxPages: 0 });
    const count = (of: typeof above) => of.pages.reduce((sum, { rows: some }) => sum + some, 0);
    expect(count(below) + count(above)).toBe(60);
    const fractions = above.pages.map(({ frame }) => frame.ringFraction ?? -1);
    expect(fractions.at(-1)).toBe(1);
    expect(fractions[0]).toBeLessThan(0.6);
    for (const [at, fraction] of fractions.entries()) expect(fraction).toBeGreaterThan(fractions[at - 1] ?? 0);
    expect(above.plan.shown).toBe(`SELECT * FROM ${KEYSPACE}.t WHERE token(k) > 0`);
  });

  it('stays on one node for node-local tables', async () => {
    const asked = rowsRequestSchema.parse({ pageRows: 3, maxPages: 4 });
    const plan = await planTable(cluster, { keyspace: 'system_views', table: 'settings' }, asked);
    const pages = await pagesOf(await openRead(plan, ANONYMOUS));
    expect(pages).toHaveLength(4);
    const cursor = pages.at(-1)?.frame.cursor ?? undefined;
    const more = await pagesOf(await openRead({ ...plan, cursor }, ANONYMOUS));
    expect(new Set([...pages, ...more].map(({ coordinator }) => coordinator)).size).toBe(1);
    expect([...pages, ...more].every(({ frame }) => frame.token === null && frame.ringFraction === null)).toBe(true);
  });
});

/** The bytes of a page's rows of two cells, without anything that follows them in the body. */
function cellsOf(body: Buffer = Buffer.alloc(0), rowCount = 0): Buffer {
  let end = 0;
  for (let cell = 0; cell < rowCount * 2; cell++) end += 4 + Math.max(0, body.readInt32BE(end));
  return body.subarray(0, end);
}
