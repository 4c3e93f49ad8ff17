import { expect, describe as group, it } from 'vitest';
import type { Filter } from '@/lib/contract/filters';
import { ANONYMOUS } from '@/lib/contract/principal';
import { type RowsRequest, rowsRequestSchema } from '@/lib/contract/reads';
import { HAS_5_0 } from '@/lib/test-release';
import { failureOf, pagesOf, testBed } from '../test-support';
import { pageValues } from './page-values';
import { openRead } from './reads';
import { planTable } from './table-plan';

const KEYSPACE = 'ringside_filters_test';
const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.t (k text, c int, d text, m map<text, int>, plain int, PRIMARY KEY (k, c, d))`,
    `CREATE INDEX t_entries ON ${KEYSPACE}.t (entries(m))`,
    ...(HAS_5_0
      ? [
          `CREATE TABLE ${KEYSPACE}.v (id int PRIMARY KEY, near vector<float, 2>)`,
          `CREATE INDEX ON ${KEYSPACE}.v (near) USING 'sai'`,
        ]
      : []),
  ],
);

async function read(table: string, request: RowsRequest) {
  const plan = await planTable(
    cluster,
    { keyspace: KEYSPACE, table },
    rowsRequestSchema.parse({ maxPages: 0, ...request }),
  );
  const pages = await pagesOf(await openRead(plan, ANONYMOUS));
  return { shown: plan.shown, rows: (await Promise.all(pages.map(pageValues))).flat() };
}

async function fill(): Promise<void> {
  for (const c of [1, 2, 3]) {
    await plain.execute(`INSERT INTO ${KEYSPACE}.t (k, c, d, m, plain) VALUES ('a', ${c}, 'x', {'it''s': ${c}}, ${c})`);
  }
}

group('filtered rows', () => {
  it('can be selected by a tuple, by an entry of a map, and by tokens', async () => {
    await fill();
    const key: Filter = { column: 'k', operator: '=', value: 'a' };
    const behind: Filter = { column: 'c', tuple: ['d'], operator: '>', value: [1, 'x'] };
    const tuple = await read('t', { filters: [key, behind], columns: ['c'] });
    expect(tuple).toEqual({
      shown: `SELECT c FROM ${KEYSPACE}.t WHERE k = 'a' AND (c, d) > (1, 'x')`,
      rows: [[2], [3]],
    });
    const among: Filter = {
      column: 'c',
      tuple: ['d'],
      operator: 'IN',
      value: [
        [1, 'x'],
        [3, 'x'],
      ],
    };
    expect((await read('t', { filters: [key, among], columns: ['c'] })).rows).toEqual([[1], [3]]);
    const entry: Filter = { column: 'm', key: "it's", operator: '=', value: 2 };
    expect(await read('t', { filters: [entry], columns: ['c'] })).toEqual({
      shown: `SELECT c FROM ${KEYSPACE}.t WHERE m['it''s'] = 2`,
      rows: [[2]],
    });
    const none: Filter = { column: 'k', operator: 'TOKEN >', value: '9223372036854775807' };
    expect((await read('t', { filters: [none] })).rows).toEqual([]);
  });

  it('need ALLOW FILTERING only on request', async () => {
    await fill();
    const filters: Filter[] = [{ column: 'plain', operator: '>=', value: 2 }];
    expect(await failureOf(read('t', { filters }))).toMatchObject({
      code: 'invalid_request',
      message: 'Cassandra cannot serve this filter: plain is not in the key and has no index.',
      hint: expect.stringContaining('allowFiltering'),
      option: 'allowFiltering',
    });
    const { shown, rows } = await read('t', { filters, columns: ['c'], allowFiltering: true });
    expect(shown).toBe(`SELECT c FROM ${KEYSPACE}.t WHERE plain >= 2 ALLOW FILTERING`);
    expect(rows).toEqual([[2], [3]]);
  });

  it.runIf(HAS_5_0)('are the nearest to a vector, however small the pages', async () => {
    for (const id of [1, 2, 3]) {
      await plain.execute(`INSERT INTO ${KEYSPACE}.v (id, near) VALUES (${id}, [${id}, 1])`);
    }
    const near: Filter = { column: 'near', operator: 'ANN OF', value: [3, 1], limit: 2 };
    await expect
      .poll(async () => (await read('v', { filters: [near], columns: ['id'], pageRows: 1 })).rows, { timeout: 60_000 })
      .toEqual([[3], [2]]);
  });
});
