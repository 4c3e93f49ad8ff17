import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { clusterConfig, insertAll, testBed } from '@/lib/cassandra/test-support';
import {
  type HistoryResponse,
  historyEntrySchema,
  historyResponseSchema,
  lastRunsResponseSchema,
} from '@/lib/contract/history';
import { POST as each } from './clusters/[cluster]/each/route';
import { GET as getEntry } from './clusters/[cluster]/history/[id]/route';
import { GET as getHistory, POST as getRuns } from './clusters/[cluster]/history/route';
import { POST as query } from './clusters/[cluster]/query/route';
import { POST as script } from './clusters/[cluster]/script/route';

const DATA = mkdtempSync(join(tmpdir(), 'ringside-history-'));
vi.stubEnv(
  'RINGSIDE_CLUSTERS',
  JSON.stringify([clusterConfig(), { ...clusterConfig(), name: 'readonly', writes: false }]),
);
vi.stubEnv('RINGSIDE_DATA_DIR', DATA);

const KEYSPACE = 'ringside_history_test';
const { plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.t (k int, c int, PRIMARY KEY (k, c))`]);
afterAll(() => closeClusters());

const on = (cluster: string) => ({ params: Promise.resolve({ cluster }) });

async function run(statement: string, more: object = {}, cluster = 'test'): Promise<string> {
  const body = JSON.stringify({ statement, ...more });
  const response = await query(new Request('http://localhost/', { method: 'POST', body }), on(cluster));
  return response.text();
}

const write = (statement: string, more: object = {}) => run(statement, { confirm: { statement }, ...more });

async function listed(search = '', cluster = 'test'): Promise<HistoryResponse['entries']> {
  const response = await getHistory(new Request(`http://localhost/?${search}`), on(cluster));
  return historyResponseSchema.parse(await response.json()).entries;
}

/** The newest entry, once it is written. */
async function latest(statement: string) {
  await expect.poll(async () => (await listed())[0]?.statement).toBe(statement);
  return (await listed())[0];
}

describe('the history of a real cluster', () => {
  it('keeps how a read ended, with its rows, keyspace and cost; going on is the same run', async () => {
    await insertAll(
      plain,
      `INSERT INTO ${KEYSPACE}.t (k, c) VALUES (?, ?)`,
      Array.from({ length: 30 }, (_, at) => [1, at]),
    );
    const statement = 'SELECT c FROM t WHERE k = 1';
    const first = await run(statement, { keyspace: KEYSPACE, pageRows: 10, consistency: 'ONE' });
    expect(await latest(statement)).toMatchObject({
      who: 'anonymous',
      keyspace: KEYSPACE,
      consistency: 'ONE',
      isWrite: false,
      cost: 'one_partition',
      outcome: 'paused',
      rows: 10,
      characters: statement.length,
    });
    const cursor = /"next":"([^"]+)"/.exec(first)?.[1];
    await run(statement, { keyspace: KEYSPACE, pageRows: 10, consistency: 'ONE', cursor });
    await run(`${statement} `, { keyspace: KEYSPACE, maxPages: 0 });
    await expect.poll(async () => (await listed())[0]?.outcome).toBe('complete');
    expect((await listed()).map(({ rows }) => rows)).toEqual([30, 10]);
  });

  it('keeps writes, changes of the schema and failures, and finds them by what they are', async () => {
    const insert = `INSERT INTO ${KEYSPACE}.t (k, c) VALUES (2, 2)`;
    await write(insert);
    expect(await latest(insert)).toMatchObject({ outcome: 'done', isWrite: true, rows: 0 });
    const create = `CREATE TABLE ${KEYSPACE}.made (k int PRIMARY KEY)`;
    await write(create);
    expect(await latest(create)).toMatchObject({ outcome: 'schema_change', cost: 'schema' });
    const wrong = `SELECT nothing FROM ${KEYSPACE}.t`;
    await run(wrong);
    expect(await latest(wrong)).toMatchObject({ outcome: 'failed', message: expect.stringContaining('nothing') });
    expect((await listed('writesOnly=true')).map(({ statement }) => statement)).toEqual([create, insert]);
    expect((await listed('outcome=failed')).map(({ statement }) => statement)).toEqual([wrong]);
  });

  it('keeps whether a change was made, also of a batch', async () => {
    const once = `INSERT INTO ${KEYSPACE}.t (k, c) VALUES (7, 7) IF NOT EXISTS`;
    await write(once);
    expect(await latest(once)).toMatchObject({ outcome: 'complete', applied: 'applied', isWrite: true });
    await write(`${once} `);
    await expect.poll(async () => (await listed('outcome=not_applied')).length).toBe(1);
    expect((await listed())[0]).toMatchObject({ outcome: 'complete', applied: 'not_applied' });
    const batch = `BEGIN BATCH ${once}; INSERT INTO ${KEYSPACE}.t (k, c) VALUES (7, 8); APPLY BATCH`;
    await write(batch);
    expect(await latest(batch)).toMatchObject({ applied: 'not_applied' });
    const { rows } = await plain.execute(`SELECT c FROM ${KEYSPACE}.t WHERE k = 7`);
    expect(rows.map((row) => Number(row.get('c')))).toEqual([7]);
    const refused = `INSERT INTO ${KEYSPACE}.t (k, wrong) VALUES (7, 7)`;
    await write(refused);
    expect(await latest(refused)).toMatchObject({ outcome: 'failed', applied: 'not_applied' });
    expect((await listed('outcome=applied')).map(({ statement }) => statement)).toEqual([once]);
    const body = JSON.stringify({ statement: once, keyspace: null });
    const response = await getRuns(new Request('http://localhost/', { method: 'POST', body }), on('test'));
    const { runs } = lastRunsResponseSchema.parse(await response.json());
    expect(runs.map(({ applied }) => applied)).toEqual(['not_applied', 'applied']);
  });

  it('keeps a run for each row of a list as one entry, which is no run of the statement alone', async () => {
    const statement = `INSERT INTO ${KEYSPACE}.t (k, c) VALUES (?, ?) IF NOT EXISTS`;
    const list = async (rows: readonly (readonly string[])[]) => {
      const confirm = { statement, rows: rows.length };
      const markers = [{ column: 0 }, { column: 1 }];
      const body = JSON.stringify({ id: randomUUID(), statement, markers, rows, confirm, concurrency: 1 });
      const response = await each(new Request('http://localhost/', { method: 'POST', body }), on('test'));
      return response.text();
    };
    await list([
      ['20', '1'],
      ['20', '1'],
      ['20', 'x'],
    ]);
    expect(await latest(statement)).toMatchObject({
      outcome: 'failed',
      applied: 'not_applied',
      message: '1 of 3 rows failed.',
      list: { rows: 3, done: 2, notApplied: 1, refused: 1, unknown: 0 },
    });
    await list([['21', '1']]);
    await expect.poll(async () => (await listed())[0]?.outcome).toBe('complete');
    expect((await listed('outcome=applied'))[0]).toMatchObject({ statement, list: { done: 1, notApplied: 0 } });
    const body = JSON.stringify({ statement, keyspace: null });
    const response = await getRuns(new Request('http://localhost/', { method: 'POST', body }), on('test'));
    expect(lastRunsResponseSchema.parse(await response.json()).runs).toEqual([]);
  });

  it('keeps the statements of a script’s request as one entry: those that were sent', async () => {
    const insert = (c: number | string) => `INSERT INTO ${KEYSPACE}.t (k, c) VALUES (4, ${c})`;
    const texts = [insert(1), insert(2), insert('true'), insert(3)];
    const statements = texts.map((statement) => ({ statement, confirm: { statement } }));
    const send = async (body: object) => {
      const request = new Request('http://localhost/', {
        method: 'POST',
        body: JSON.stringify({ id: randomUUID(), ...body }),
      });
      return (await script(request, on('test'))).text();
    };
    expect(await send({ statements, onFailure: 'stop' })).toContain('{"sent":3}');
    expect(await latest(`${texts.slice(0, 3).join(';\n')};`)).toMatchObject({
      outcome: 'failed',
      applied: 'not_applied',
      isWrite: true,
      message: expect.stringMatching(/^Statement 3: .*c/),
    });
    await send({ statements: [{ statement: insert(5) }, ...statements.slice(0, 1)], onFailure: 'continue' });
    expect(await latest(`${insert(1)};`)).toMatchObject({ outcome: 'done', applied: 'applied' });
  });

  it('keeps nothing that was refused before it ran', async () => {
    const before = (await listed()).length;
    await run(`INSERT INTO ${KEYSPACE}.t (k, c) VALUES (3, 3)`);
    await run(`TRUNCATE ${KEYSPACE}.t`, {}, 'readonly');
    await run('SELECT 1; SELECT 2');
    const next = `SELECT k FROM ${KEYSPACE}.t WHERE k = 9`;
    await run(next);
    await latest(next);
    expect(await listed()).toHaveLength(before + 1);
    expect(await listed('', 'readonly')).toEqual([]);
  });

  it('never writes a password to the disk, whether the statement succeeds or fails', async () => {
    const statement = "CREATE ROLE ringside_history_role WITH PASSWORD = 'hunter2-secret' AND LOGIN = true";
    await write(statement);
    const kept = statement.replace('hunter2-secret', '•••');
    expect(await latest(kept)).toMatchObject({ isRedacted: true, statement: kept });
    const broken = "CREATE ROLE x WITH PASSWORD = 'hunter2-secret' AND NOTHING = true";
    await write(broken);
    // What Cassandra does not know could be a password too.
    await latest("CREATE ROLE x WITH PASSWORD = '•••' AND '•••'");
    // Refused before it is sent, and so not kept at all.
    await write("CREATE ROLE x WITH PASSWORD = 'hunter2-secret");
    expect(readFileSync(join(DATA, 'history/test.ndjson'), 'utf8')).not.toContain('hunter2');
  });

  it('keeps a long statement whole', async () => {
    const statement = `SELECT c FROM ${KEYSPACE}.t WHERE k IN (${'1, '.repeat(8_000)}1)`;
    await run(statement);
    await expect.poll(async () => (await listed())[0]?.characters).toBe(statement.length);
    const id = (await listed())[0]?.id ?? '';
    const response = await getEntry(new Request('http://localhost/'), {
      params: Promise.resolve({ cluster: 'test', id }),
    });
    expect(historyEntrySchema.parse(await response.json()).statement).toBe(statement);
  });
});
