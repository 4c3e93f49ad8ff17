import { beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS } from '@/lib/contract/principal';
import { rowsRequestSchema } from '@/lib/contract/reads';
import { insertAll, testBed } from '../test-support';
import { readSample } from './sample';
import { openTable } from './table-read';

/**
 * Run by `npm run test:heap` against a separate node with a 512 MB heap: reads that once ended a node with twice as much
 * in an OutOfMemoryError.
 */

const KEYSPACE = 'ringside_heap';
const MEGABYTE = 1_000_000;
const TABLES = [
  { table: 'rows_of_1_mb', rows: 48, bytes: MEGABYTE },
  { table: 'rows_of_8_mb', rows: 12, bytes: 8 * MEGABYTE },
];
const { cluster, plain } = testBed(
  [KEYSPACE],
  TABLES.map(({ table }) => `CREATE TABLE ${KEYSPACE}.${table} (k int PRIMARY KEY, v blob)`),
);

beforeAll(async () => {
  for (const { table, rows, bytes } of TABLES) {
    for (let k = 0; k < rows; k++) {
      await insertAll(plain, `INSERT INTO ${KEYSPACE}.${table} (k, v) VALUES (?, ?)`, [[k, Buffer.alloc(bytes, k)]]);
    }
  }
});

/** Reads a table to its end as the page does, keeping nothing. */
async function readAll(table: string): Promise<number> {
  const request = rowsRequestSchema.parse({ pageRows: 10_000, maxPages: 0, timeoutMs: 60_000 });
  const read = await openTable(
    cluster,
    { keyspace: KEYSPACE, table },
    request,
    ANONYMOUS,
    new AbortController().signal,
  );
  let rows = 0;
  for await (const page of read.pages) rows += page.rows;
  return rows;
}

describe('a node with little memory', () => {
  it.each(TABLES)('survives eight reads of $table right after a sample', async ({ table, rows }) => {
    // A sample may report ranges that time out; what matters here is what they cost the node.
    const signal = new AbortController().signal;
    expect(await readSample(cluster, { keyspace: KEYSPACE, table }, { places: 100 }, signal)).toMatchObject({
      places: 100,
    });
    expect(await Promise.all(Array.from({ length: 8 }, () => readAll(table)))).toEqual(Array(8).fill(rows));
    expect((await plain.execute('SELECT release_version FROM system.local')).rows).toHaveLength(1);
  });
});
