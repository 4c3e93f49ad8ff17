import { describe, expect, it } from 'vitest';
import { openTable } from '@/lib/cassandra/read/table-read';
import { pagesOf, testBed } from '@/lib/cassandra/test-support';
import { ANONYMOUS } from '@/lib/contract/principal';
import { type ExportRequest, exportRequestSchema, rowsRequestSchema } from '@/lib/contract/reads';
import { openScan } from '@/lib/scan/scan';
import { aboutExport } from './about';
import { planExport } from './source';
import { writeFile } from './write-file';

const KEYSPACE = 'ringside_export_schema';
/** A word that DESCRIBE gives its own meaning. */
const OF_DESCRIBE = 'functions';
const { cluster, plain } = testBed(
  [KEYSPACE, OF_DESCRIBE],
  [
    `CREATE TYPE ${KEYSPACE}.pair (a int, b int)`,
    `CREATE TABLE ${KEYSPACE}.typed (k int PRIMARY KEY, v frozen<pair>)`,
    `INSERT INTO ${KEYSPACE}.typed (k, v) VALUES (1, {a: 1, b: 2})`,
    `CREATE TYPE ${KEYSPACE}.later (a int, b int)`,
    `CREATE TABLE ${KEYSPACE}.changed (k int PRIMARY KEY, v frozen<later>)`,
    `INSERT INTO ${KEYSPACE}.changed (k, v) VALUES (1, {a: 1, b: 2})`,
    `CREATE TABLE ${KEYSPACE}.compact (k int PRIMARY KEY, v int) WITH COMPACT STORAGE`,
    `INSERT INTO ${KEYSPACE}.compact (k, v) VALUES (1, 2) USING TIMESTAMP 5 AND TTL 100000`,
    `CREATE TABLE ${OF_DESCRIBE}.tables (k int PRIMARY KEY)`,
  ],
);

async function planned(asked: ExportRequest) {
  return planExport(cluster, exportRequestSchema.parse(asked));
}

async function textOf(asked: ExportRequest): Promise<string> {
  const { plan, format } = await planned(asked);
  const chunks: Uint8Array[] = [];
  for await (const { bytes } of writeFile(await openScan(plan, { principal: ANONYMOUS }), {
    format,
    compression: 'none',
  }))
    chunks.push(bytes);
  return Buffer.concat(chunks).toString();
}

describe('A file of INSERT statements', () => {
  it('names the fields of a type as they are now, even if they were reordered right after a read', async () => {
    const name = { keyspace: KEYSPACE, table: 'typed' };
    const read = await openTable(cluster, name, rowsRequestSchema.parse({}), ANONYMOUS, new AbortController().signal);
    await pagesOf(read);
    for (const change of ['a TO t', 'b TO a', 't TO b']) {
      await plain.execute(`ALTER TYPE ${KEYSPACE}.pair RENAME ${change}`);
    }
    expect(await textOf({ ...name, format: 'cql' })).toContain('VALUES (1, {b: 1, a: 2})');
  });

  it('names them as the received rows do, even if they change between plan and rows', async () => {
    const { plan, format } = await planned({ keyspace: KEYSPACE, table: 'changed', format: 'cql' });
    for (const change of ['a TO t', 'b TO a', 't TO b']) {
      await plain.execute(`ALTER TYPE ${KEYSPACE}.later RENAME ${change}`);
    }
    const chunks: Uint8Array[] = [];
    for await (const { bytes } of writeFile(await openScan(plan, { principal: ANONYMOUS }), {
      format,
      compression: 'none',
    })) {
      chunks.push(bytes);
    }
    expect(Buffer.concat(chunks).toString()).toContain('VALUES (1, {b: 1, a: 2})');
  });
});

describe('A table WITH COMPACT STORAGE', () => {
  it('is exported with its write times and TTLs', async () => {
    const extras = { ttl: true, writetime: true };
    const text = await textOf({ keyspace: KEYSPACE, table: 'compact', format: 'csv', extras });
    expect(text).toMatch(/^k,v,.*\r?\n1,2,(\d+,5|5,\d+)\r?\n$/);
  });
});

describe('The facts in a manifest', () => {
  it('include the schema, even if keyspace and table have names with a meaning in DESCRIBE', async () => {
    const about = await aboutExport(cluster, await planned({ keyspace: OF_DESCRIBE, table: 'tables', format: 'csv' }));
    expect(about.schema).toContain('CREATE TABLE');
    expect(about.warnings).toEqual([]);
  });
});
