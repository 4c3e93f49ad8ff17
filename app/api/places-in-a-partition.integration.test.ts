import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { placeInPartition } from '@/components/browse/rail/place-of-row';
import { type BrowseAddress, readAddress, writeAddress } from '@/lib/browse/address';
import { planView, shapeOf } from '@/lib/browse/planner';
import { rowOrderOf } from '@/lib/browse/row-order';
import { browseSource, readPlaceOf } from '@/lib/browse/source';
import { openTable } from '@/lib/cassandra/read/table-read';
import { readSchema } from '@/lib/cassandra/schema/schema';
import { insertAll, pagesOf, testBed } from '@/lib/cassandra/test-support';
import type { Row } from '@/lib/client/stream-events';
import { jsonValueSchema } from '@/lib/contract/json-schemas';
import { ANONYMOUS } from '@/lib/contract/principal';
import { rowsRequestSchema } from '@/lib/contract/reads';
import type { Anchor } from '@/lib/grid/page-marks';
import { runLength } from '@/lib/grid/row-runs';
import { keyOfRows } from '@/lib/reader/row-key';
import { openingsAt, type ResultSource, requestAt } from '@/lib/reader/source';
import { linesOf } from '@/lib/scan/test-scans';

const rowSchema = z.array(jsonValueSchema);
const KEYSPACE = 'ringside_places_test';
/** Tables by clustering order, with the columns whose values identify a place. */
const TABLES: Record<string, { readonly order: string; readonly named: readonly string[] }> = {
  up: { order: 'a ASC, b ASC, c ASC', named: ['a', 'b', 'c'] },
  down: { order: 'a DESC, b DESC, c DESC', named: ['a', 'b', 'c'] },
  turning_late: { order: 'a ASC, b ASC, c DESC', named: ['a', 'b'] },
  turning_soon: { order: 'a DESC, b ASC, c ASC', named: ['a'] },
};
const { cluster, plain } = testBed(
  [KEYSPACE],
  Object.entries(TABLES).map(
    ([name, { order }]) =>
      `CREATE TABLE ${KEYSPACE}.${name} (k int, a int, b text, c timestamp, s int static, PRIMARY KEY (k, a, b, c)) WITH CLUSTERING ORDER BY (${order})`,
  ),
);

beforeAll(async () => {
  const rows = [-1, 0, 7].flatMap((a) =>
    ['', 'x', 'é, "'].flatMap((b) => [-5_000, 5_000].map((ms) => [1, a, b, new Date(ms)])),
  );
  for (const table of Object.keys(TABLES)) {
    await insertAll(plain, `INSERT INTO ${KEYSPACE}.${table} (k, a, b, c) VALUES (?, ?, ?, ?)`, rows);
    await plain.execute(`INSERT INTO ${KEYSPACE}.${table} (k, s) VALUES (1, 9)`);
    await plain.execute(`INSERT INTO ${KEYSPACE}.${table} (k, s) VALUES (2, 9)`);
  }
});

const is = (column: string, value: number) => ({ column, operator: '=', value }) as const;

async function viewOf(table: string, search: string) {
  const place = { cluster: 'test', keyspace: KEYSPACE, table };
  const address = readAddress(search);
  const shape = shapeOf(await readSchema(cluster), place);
  const order = rowOrderOf(address, shape, shape && planView(place, shape, address));
  return { address, order, source: browseSource(place, address, order) };
}

async function read(table: string, source: ResultSource, anchor: Anchor | null) {
  if (anchor === null) return { header: undefined, rows: [] };
  const request = rowsRequestSchema.parse(requestAt(source, anchor, 0));
  const asked = await openTable(
    cluster,
    { keyspace: KEYSPACE, table },
    request,
    ANONYMOUS,
    new AbortController().signal,
  );
  const pages = await pagesOf(asked);
  const rows = pages.flatMap(linesOf).map((line): Row => rowSchema.parse(JSON.parse(line)));
  return { header: pages[0] && asked.header(pages[0]), rows };
}

/** The rows of a view from a place, and those above it, joined as on the page. */
async function readAt(table: string, search: string) {
  const { address, order, source } = await viewOf(table, search);
  const { next, prior } = openingsAt(source, readPlaceOf(address, order));
  const [below, above] = [await read(table, source, next), await read(table, source, prior)];
  return { below: below.rows, above: above.rows.toReversed() };
}

/** Each row of a view with its place in the address, which it has when it is at the top. */
async function placesIn(table: string, search: string) {
  const { order, source } = await viewOf(table, search);
  const { header, rows } = await read(table, source, { kind: 'start' });
  if (header === undefined || order === undefined) throw new Error('the view has no places');
  const keyOf = keyOfRows(header, order);
  const places = rows.map((row, at) => placeInPartition({ row, skip: runLength(rows, at, keyOf) - 1 }, header, order));
  return { rows, places };
}

const view = (change: Partial<BrowseAddress>) => writeAddress('', change);

describe.each(Object.entries(TABLES))('a place in a partition of the table %s', (table, { named }) => {
  it.each([
    ['whole', { filters: [is('k', 1)] }, named],
    ['in reverse order', { filters: [is('k', 1)], reversed: true }, named],
    ['in one of its values', { filters: [is('k', 1), is('a', 7)] }, table === 'turning_late' ? ['b'] : ['b', 'c']],
    ['with a column left out', { filters: [is('k', 1)], columns: ['a', 'c'] }, ['a']],
  ])('returns each row first, and all rows before it above: read %s', async (_how, change, columns) => {
    const search = view(change);
    const { rows, places } = await placesIn(table, search);
    expect(rows.length).toBe(change.filters.length === 1 ? 18 : 6);
    for (const [index, place] of places.entries()) {
      if (place === null) throw new Error('the row has no place');
      expect([place.at, ...(place.and ?? [])]).toHaveLength(columns.length);
      const { below, above } = await readAt(table, writeAddress(search, place));
      expect(above).toEqual(rows.slice(0, index - place.skip));
      expect(below.slice(place.skip)).toEqual(rows.slice(index));
    }
    expect(places.some((place) => place?.skip !== 0)).toBe(!columns.includes('c'));
  });

  it('of one value and rows after it, as in old addresses, still works', async () => {
    const search = view({ filters: [is('k', 1)] });
    const { rows } = await placesIn(table, search);
    const from = rows.findIndex((row) => row[1] === 0);
    const { below, above } = await readAt(table, writeAddress(search, { at: '0', skip: 4 }));
    expect(below[4]).toEqual(rows[from + 4]);
    expect([...above, ...below]).toEqual(rows);
  });

  it('does not exist for static columns alone', async () => {
    const { rows, places } = await placesIn(table, view({ filters: [is('k', 2)] }));
    expect(rows).toHaveLength(1);
    expect(places).toEqual([null]);
  });
});
