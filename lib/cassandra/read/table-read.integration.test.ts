import { describe, expect, it } from 'vitest';
import { ANONYMOUS } from '@/lib/contract/principal';
import { rowsRequestSchema } from '@/lib/contract/reads';
import { readSchema } from '../schema/schema';
import { failureOf, insertAll, pagesOf, testBed } from '../test-support';
import { openTable } from './table-read';

const KEYSPACE = 'ringside_table_read';
const create = (table: string) => `CREATE TABLE ${KEYSPACE}.${table} (k int PRIMARY KEY, v text)`;
const TABLES = ['plain', 'short', 'altered', 'recreated', 'dropped'];
const { cluster, plain } = testBed([KEYSPACE], TABLES.map(create));

/** The first page of a table, and the header before it. */
async function firstPage(table: string, asked: object = {}) {
  const request = rowsRequestSchema.parse(asked);
  const read = await openTable(
    cluster,
    { keyspace: KEYSPACE, table },
    request,
    ANONYMOUS,
    new AbortController().signal,
  );
  const pages = await pagesOf(read);
  const [first] = pages;
  if (first === undefined) throw new Error('no page arrived');
  return { header: read.header(first), first, rows: pages.reduce((sum, { rows }) => sum + rows, 0) };
}

const insert = (table: string, count: number) =>
  insertAll(
    plain,
    `INSERT INTO ${KEYSPACE}.${table} (k, v) VALUES (?, ?)`,
    Array.from({ length: count }, (_, k) => [k, `v${k}`]),
  );

describe('opening a table with a cached schema', () => {
  it('reads its pages, and resumes after one of them', async () => {
    await insert('plain', 30);
    await readSchema(cluster, { fresh: true });
    const { first, header, rows } = await firstPage('plain', { pageRows: 10, maxPages: 0 });
    expect(rows).toBe(30);
    expect(header.columns.map(({ kind }) => kind)).toEqual(['partition_key', 'regular']);
    expect(first.frame.cursor).not.toBeNull();
    expect((await firstPage('plain', { pageRows: 10, cursor: first.frame.cursor })).rows).toBe(10);
  });

  it('starts with a page as small as requested, and repeats none of its rows', async () => {
    await insert('short', 30);
    const read = await openTable(
      cluster,
      { keyspace: KEYSPACE, table: 'short' },
      rowsRequestSchema.parse({ firstPageRows: 4, pageRows: 10, maxPages: 0 }),
      ANONYMOUS,
      new AbortController().signal,
    );
    const pages = await pagesOf(read);
    expect(pages.map(({ rows }) => rows).filter((rows) => rows > 0)).toEqual([4, 10, 10, 6]);
    const cursor = pages[0]?.frame.cursor;
    expect((await firstPage('short', { firstPageRows: 4, pageRows: 10, cursor })).rows).toBe(10);
  });

  it('knows columns added since', async () => {
    await readSchema(cluster, { fresh: true });
    await plain.execute(`ALTER TABLE ${KEYSPACE}.altered ADD extra int`);
    const { header } = await firstPage('altered');
    expect(header.columns).toContainEqual({ name: 'extra', type: 'int', kind: 'regular' });
    const filters = [{ column: 'k', operator: '=', value: 1 }];
    expect((await firstPage('altered', { columns: ['extra'], filters })).header.columns).toHaveLength(1);
  });

  it('reads a table recreated since, and refuses a cursor of its predecessor', async () => {
    await insert('recreated', 30);
    await readSchema(cluster, { fresh: true });
    const { first } = await firstPage('recreated', { pageRows: 10 });
    await plain.execute(`DROP TABLE ${KEYSPACE}.recreated`);
    await plain.execute(create('recreated'));
    await insert('recreated', 5);
    const refused = await failureOf(firstPage('recreated', { pageRows: 10, cursor: first.frame.cursor }));
    expect(refused).toMatchObject({ code: 'cursor_refused' });
    expect((await firstPage('recreated', { pageRows: 10 })).rows).toBe(5);
  });

  it('says that a table no longer exists', async () => {
    await readSchema(cluster, { fresh: true });
    // Its statement is prepared by now, and the nodes forget it with the table.
    await firstPage('dropped');
    await plain.execute(`DROP TABLE ${KEYSPACE}.dropped`);
    expect(['not_found', 'invalid_statement', 'invalid_request']).toContain(
      (await failureOf(firstPage('dropped'))).code,
    );
  });
});
