import { describe, expect, it } from 'vitest';
import { ANONYMOUS } from '@/lib/contract/principal';
import { linesOf } from '@/lib/scan/test-scans';
import { locateKey } from '../nodes/replicas';
import { readRowCopies } from '../read/row-copies';
import { readSample } from '../read/sample';
import { openTable } from '../read/table-read';
import { NODES } from '../test-ring';
import { pagesOf, runQuery, testBed } from '../test-support';
import { findTable, readSchema } from './schema';

const KEYSPACE = 'ringside_compact_test';

/** Every shape of table that CREATE TABLE … WITH COMPACT STORAGE makes, with a row. */
const SHAPES = [
  {
    name: 'static_rows',
    columns: 'k int PRIMARY KEY, v int, w text',
    insert: "(k, v, w) VALUES (1, 2, 'three')",
    kinds: ['k partition_key', 'v regular', 'w regular'],
    row: '[1,2,"three"]',
    key: { k: 1 },
  },
  {
    name: 'usual_names',
    columns: 'k int PRIMARY KEY, column1 int, value text',
    insert: "(k, column1, value) VALUES (1, 2, 'three')",
    kinds: ['k partition_key', 'column1 regular', 'value regular'],
    row: '[1,2,"three"]',
    key: { k: 1 },
  },
  {
    name: 'dense',
    columns: 'k int, c int, v int, PRIMARY KEY (k, c)',
    insert: '(k, c, v) VALUES (1, 2, 3)',
    kinds: ['k partition_key', 'c clustering', 'v regular'],
    row: '[1,2,3]',
    key: { k: 1, c: 2 },
  },
  {
    name: 'dense_compound',
    columns: 'k int, c int, d int, v int, PRIMARY KEY (k, c, d)',
    insert: '(k, c, d, v) VALUES (1, 2, 3, 4)',
    kinds: ['k partition_key', 'c clustering', 'd clustering', 'v regular'],
    row: '[1,2,3,4]',
    key: { k: 1, c: 2, d: 3 },
  },
  {
    name: 'keys_alone',
    columns: 'k int, c int, PRIMARY KEY (k, c)',
    insert: '(k, c) VALUES (1, 2)',
    kinds: ['k partition_key', 'c clustering'],
    row: '[1,2]',
    key: { k: 1, c: 2 },
  },
  {
    name: 'many_keys_alone',
    columns: 'k int, c int, d int, PRIMARY KEY (k, c, d)',
    insert: '(k, c, d) VALUES (1, 2, 3)',
    kinds: ['k partition_key', 'c clustering', 'd clustering'],
    row: '[1,2,3]',
    key: { k: 1, c: 2, d: 3 },
  },
] as const;

const { cluster } = testBed(
  [KEYSPACE],
  SHAPES.flatMap(({ name, columns, insert }) => [
    `CREATE TABLE ${KEYSPACE}.${name} (${columns}) WITH COMPACT STORAGE`,
    `INSERT INTO ${KEYSPACE}.${name} ${insert}`,
  ]),
);
const signal = AbortSignal.timeout(100_000);

describe.each(SHAPES)('A table WITH COMPACT STORAGE: $name', ({ name: table, kinds, row, key }) => {
  const name = { keyspace: KEYSPACE, table };

  it('has the columns that statements can name, as the server returns them', async () => {
    const columns = findTable(await readSchema(cluster), KEYSPACE, table)?.columns ?? [];
    expect(columns.map((column) => `${column.name} ${column.kind}`)).toEqual(kinds);
    const [page] = await runQuery(cluster, { statement: `SELECT * FROM ${KEYSPACE}.${table}` });
    expect(page?.columns?.map((column) => column.name)).toEqual(columns.map((column) => column.name));
  });

  it('is read, sampled and found on the ring', async () => {
    const read = await openTable(
      cluster,
      name,
      { columns: kinds.map((kind) => kind.split(' ')[0] ?? '') },
      ANONYMOUS,
      signal,
    );
    expect((await pagesOf(read)).flatMap(linesOf)).toEqual([row]);
    expect((await readSample(cluster, name, {}, signal)).partitions).toBe(1);
    const { replicas } = await locateKey(cluster, { ...name, key: { k: 1 } });
    expect(replicas.toSorted()).toEqual(NODES.toSorted());
    const { copies } = await readRowCopies(cluster, name, { key }, signal);
    expect(copies.map(({ cells }) => cells?.length)).toEqual(NODES.map(() => kinds.length));
  });
});
