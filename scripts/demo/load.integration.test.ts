import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import cassandra from 'cassandra-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgreeingClient } from '../support/agreeing-client.mjs';

const NODES = (process.env.RINGSIDE_TEST_NODES ?? '').split(',').filter((node) => node !== '');
const PREFIX = 'rs_demo_test_';
const SCRIPT = fileURLToPath(new URL('./load.mjs', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'ringside-demo-'));
const statusFile = join(folder, 'demo.json');
let client: cassandra.Client;

/** Runs the command as a user would; returns its exit code and output. */
function run(...args: string[]): Promise<{ code: number; output: string }> {
  const all = [SCRIPT, '--contact-points', NODES.join(','), '--prefix', PREFIX, '--status-file', statusFile, ...args];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, all, (_, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr });
    });
  });
}

const status = (): Record<string, unknown> => JSON.parse(readFileSync(statusFile, 'utf8'));

async function count(table: string): Promise<number> {
  const result = await client.execute(`SELECT count(*) AS n FROM ${PREFIX}${table}`);
  return Number(result.first().get('n'));
}

async function keyspaces(): Promise<string[]> {
  const result = await client.execute('SELECT keyspace_name FROM system_schema.keyspaces');
  return result.rows.map((row) => String(row.get('keyspace_name'))).filter((name) => name.startsWith(PREFIX));
}

beforeAll(async () => {
  expect(NODES, 'RINGSIDE_TEST_NODES names the nodes to test against').not.toEqual([]);
  client = new AgreeingClient({
    contactPoints: NODES,
    policies: { loadBalancing: new cassandra.policies.loadBalancing.RoundRobinPolicy() },
  });
  await client.connect();
  for (const name of await keyspaces()) await client.execute(`DROP KEYSPACE ${name}`);
});

afterAll(async () => {
  for (const name of await keyspaces()) await client.execute(`DROP KEYSPACE ${name}`);
  await client.shutdown();
  rmSync(folder, { recursive: true });
});

describe('loading the demo data', () => {
  it('loads every table of the keyspaces asked for and reads back what it loaded', async () => {
    const { code, output } = await run('--only', 'nature,flights', '--flights', '2000');
    expect(code, output).toBe(0);
    expect(output).toMatch(/nature\.birdstrikes +10,000/);
    expect(status()).toMatchObject({ state: 'done', keyspace: null, rows: 3_376 + 1_707 + 10_000 + 2 * 2_000 });
    expect(await count('flights.by_origin_day')).toBe(2_000);
    expect(await count('flights.by_route')).toBe(2_000);
    expect(await count('nature.earthquakes')).toBe(1_707);
    const strikes = await client.execute(
      `SELECT state, costs, cost_total FROM ${PREFIX}nature.birdstrikes WHERE species = 'Coyote'`,
    );
    expect(strikes.rowLength).toBe(26);
  });

  it('does nothing when everything is there, and adds rows for a larger number of flights', async () => {
    const again = await run('--only', 'nature,flights', '--flights', '1500');
    expect(again).toMatchObject({ code: 0, output: expect.stringContaining('already there') });
    const more = await run('--only', 'flights', '--flights', '2500');
    expect(more.code, more.output).toBe(0);
    expect(await count('flights.by_origin_day')).toBe(2_500);
  });

  it('completes an interrupted load without a row twice, counters included', async () => {
    expect((await run('--only', 'every_type')).code).toBe(0);
    const mark = `${PREFIX}every_type.ringside_demo`;
    // The state after an interruption: some rows exist, and the table is not marked as loaded.
    for (const table of ['counters', 'wide_columns']) {
      await client.execute(`UPDATE ${mark} SET loaded = null WHERE table_name = '${table}'`);
    }
    await client.execute(`DELETE FROM ${PREFIX}every_type.wide_columns WHERE id = 7`);
    const { code, output } = await run('--only', 'every_type');
    expect(code, output).toBe(0);
    expect(output).not.toContain('wide_partition');
    expect(await count('every_type.wide_columns')).toBe(200);
    const ends = await client.execute(
      `SELECT name, on_time, late FROM ${PREFIX}every_type.counters WHERE family = 'extreme'`,
    );
    expect(ends.rows.map((row) => [row.get('name'), String(row.get('on_time')), String(row.get('late'))])).toEqual([
      ['maximum', '9223372036854775807', '1'],
      ['minimum', '-9223372036854775808', '-1'],
      ['one counter never counted', '1', 'null'],
      ['one past a double', '9007199254740993', '-9007199254740993'],
    ]);
  });

  it('keeps every value exactly, as the server prints it', async () => {
    const result = await client.execute(
      `SELECT JSON name, decimal_value, bigint_value, date_value, duration_value, frozen_int_list, blob_value,
         intAsBlob(int_value) AS int_bytes, tuple_value FROM ${PREFIX}every_type.all_types WHERE family IN ('extreme', 'empty')`,
    );
    const rows = new Map(result.rows.map((row) => JSON.parse(row.get('[json]'))).map((row) => [row.name, row]));
    expect(rows.get('scale kept')).toMatchObject({ int_bytes: null });
    expect(rows.get('zero length')).toMatchObject({ int_bytes: '0x' });
    expect(rows.get('empty')).toMatchObject({ frozen_int_list: [], blob_value: '0x' });
    expect(rows.get('null')).toMatchObject({ frozen_int_list: null, blob_value: null });
    expect(rows.get('nulls inside')).toMatchObject({ tuple_value: [null, '', []] });
    expect(rows.get('minimum')).toMatchObject({ date_value: '-5877641-06-23' });
    const notes = await client.execute(
      `SELECT name, family_note FROM ${PREFIX}every_type.all_types WHERE family = 'static only'`,
    );
    expect(notes.rows.map((row) => row.get('name'))).toEqual([null]);
  });

  it('fails loudly when a table has rows that were not loaded', async () => {
    await client.execute(`UPDATE ${PREFIX}nature.ringside_demo SET loaded = null WHERE table_name = 'birdstrikes'`);
    await client.execute(
      `INSERT INTO ${PREFIX}nature.birdstrikes (state, day, sequence) VALUES ('Mine', '2026-01-01', 1)`,
    );
    const { code, output } = await run('--only', 'nature');
    expect(code).toBe(1);
    expect(output).toContain('holds 10001 rows where 10000 were loaded');
    expect(status()).toMatchObject({ state: 'failed' });
  });

  it("neither writes nor drops someone else's keyspace of that name", async () => {
    await client.execute(`DROP KEYSPACE ${PREFIX}nature`);
    await client.execute(
      `CREATE KEYSPACE ${PREFIX}nature WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
    );
    const loading = await run('--only', 'nature');
    expect(loading).toMatchObject({ code: 1, output: expect.stringContaining("not Ringside's demo data") });
    const dropping = await run('--drop');
    expect(dropping).toMatchObject({ code: 1, output: expect.stringContaining(`${PREFIX}nature is not Ringside's`) });
    expect(await keyspaces()).toEqual([`${PREFIX}nature`]);
  });

  it('says so when no Cassandra answers', async () => {
    const { code, output } = await run('--contact-points', '127.0.0.1:1');
    expect(code).toBe(1);
    expect(output).toContain('no Cassandra at 127.0.0.1:1');
  });
});
