import { afterAll, describe, expect, it, vi } from 'vitest';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { pageValues } from '@/lib/cassandra/read/page-values';
import { clusterConfig, runQuery, testBed } from '@/lib/cassandra/test-support';
import { errorBodySchema } from '@/lib/contract/errors';
import type { ExportRequest } from '@/lib/contract/reads';
import { ask } from './test-exports';

const KEYSPACE = 'ringside_names_twice_test';
vi.stubEnv('RINGSIDE_CLUSTERS', JSON.stringify([clusterConfig()]));
const { cluster } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.t (k int, a int, b text, PRIMARY KEY (k, a))`,
    ...[1, 2, 3].map((a) => `INSERT INTO ${KEYSPACE}.t (k, a, b) VALUES (1, ${a}, 'b${a}')`),
  ],
);

afterAll(() => closeClusters());

/** Statements whose results have a name twice, with their header and rows in order. */
const STATEMENTS = [
  [
    `SELECT a, a FROM ${KEYSPACE}.t WHERE k = 1`,
    ['a', 'a'],
    [
      [1, 1],
      [2, 2],
      [3, 3],
    ],
  ],
  [
    `SELECT b AS x, a AS x FROM ${KEYSPACE}.t WHERE k = 1`,
    ['x', 'x'],
    [
      ['b1', 1],
      ['b2', 2],
      ['b3', 3],
    ],
  ],
  [
    `SELECT a AS b, b, k AS b FROM ${KEYSPACE}.t WHERE k = 1 ORDER BY a DESC`,
    ['b', 'b', 'b'],
    [
      [3, 'b3', 1],
      [2, 'b2', 1],
      [1, 'b1', 1],
    ],
  ],
] as const;

describe('a result that has a name twice', () => {
  it.each(STATEMENTS)('%s is shown whole and in order', async (statement, names, rows) => {
    const [page] = await runQuery(cluster, { statement });
    expect(page?.columns?.map(({ name }) => name)).toEqual(names);
    expect(page && (await pageValues(page))).toEqual(rows);
  });

  it.each(STATEMENTS)('%s as CSV has both columns', async (statement, names, rows) => {
    const response = await ask({ statement, format: 'csv' });
    const lines = [names, ...rows].map((cells) => `${cells.join(',')}\r\n`);
    expect(await response.text()).toBe(lines.join(''));
  });

  it.each(['ndjson', 'json', 'parquet'] as const)(
    'is refused as %s with the fix, since an object has a name once',
    async (format) => {
      for (const [statement] of STATEMENTS) {
        const asked: ExportRequest = { statement, format };
        const response = await ask(asked);
        const { error } = errorBodySchema.parse(await response.json());
        expect([response.status, error.code]).toEqual([400, 'invalid_request']);
        expect(error.message).toContain('AS');
      }
    },
  );
});
