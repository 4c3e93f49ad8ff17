import cassandra from 'cassandra-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mixed } from '../../bench/load/mixed.mjs';
import { loadTable } from '../../bench/load/table.mjs';
import { AgreeingClient } from '../../scripts/support/agreeing-client.mjs';
import { readRing } from '../record.mjs';
import { takesFiles } from './local-ring.mjs';

const NODES = (process.env.RINGSIDE_TEST_NODES ?? '').split(',').filter((node) => node !== '');
const RECORD = process.env.RINGSIDE_TEST_RING;
const KEYSPACE = 'ringside_bench_load';
const ROWS = 400;
let client: cassandra.Client;

beforeAll(async () => {
  client = new AgreeingClient({
    contactPoints: NODES,
    policies: { loadBalancing: new cassandra.policies.loadBalancing.RoundRobinPolicy() },
    socketOptions: { readTimeout: 60_000 },
  });
  await client.connect();
  await client.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
});
afterAll(async () => {
  await client.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  await client.shutdown();
});

const load = (name: string, inserts: boolean) =>
  loadTable({
    contactPoint: NODES[0] ?? '',
    port: 9042,
    keyspace: KEYSPACE,
    name,
    shape: mixed,
    rows: ROWS,
    inserts,
    replication: 1,
    isCompacted: false,
    onProgress: () => undefined,
    signal: new AbortController().signal,
    recordPaths: RECORD === undefined ? [] : [RECORD],
  });

/** Every row in the server's own notation, at a consistency that leaves nothing to chance. */
async function rowsOf(table: string): Promise<string[]> {
  const { rows } = await client.execute(`SELECT JSON * FROM ${KEYSPACE}.${table}`, [], { fetchSize: 2 * ROWS });
  return rows.map((row) => String(row.get('[json]'))).sort();
}

describe('a benchmark table', () => {
  it('has the same rows whether they are inserted or loaded as files', async () => {
    expect(await load('mixed_inserted', true)).toMatchObject({ rows: ROWS, how: 'inserts' });
    const handsOver = RECORD !== undefined && takesFiles(readRing(RECORD));
    expect(await load('mixed', false)).toMatchObject({ rows: ROWS, how: handsOver ? 'sstables' : 'inserts' });
    const rows = await rowsOf('mixed');
    expect(rows).toHaveLength(ROWS);
    expect(rows).toEqual(await rowsOf('mixed_inserted'));
    // Runs seven Java programs one after another.
  }, 300_000);

  it('is not loaded again, nor over another table of the same name', async () => {
    expect(await load('mixed_inserted', true)).toMatchObject({ how: 'there already' });
    await client.execute(`CREATE TABLE ${KEYSPACE}.mixed_other (id int PRIMARY KEY)`);
    await expect(load('mixed_other', true)).rejects.toThrow('not a benchmark table');
  });
});
