import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeClusters, getCluster } from '@/lib/cassandra/client/registry';
import { clusterConfig, countRequests, insertAll, testBed } from '@/lib/cassandra/test-support';
import type { CountRequest } from '@/lib/contract/reads';
import { type CountLine, countLineSchema } from '@/lib/contract/scans';
import { POST as postCount } from './clusters/[cluster]/count/route';

vi.stubEnv('RINGSIDE_CLUSTERS', JSON.stringify([clusterConfig({ writes: false })]));

const KEYSPACE = 'ringside_count_test';
const { plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.wide (k text, day date, at timestamp, v text, PRIMARY KEY (k, day, at))`,
    `CREATE TABLE ${KEYSPACE}.statics (k int, c int, shared text static, v text, PRIMARY KEY (k, c))`,
    `CREATE TABLE ${KEYSPACE}.blank (k int PRIMARY KEY, v text)`,
    `CREATE TABLE ${KEYSPACE}.thin (k uuid PRIMARY KEY, v text)`,
    `CREATE TABLE ${KEYSPACE}.tally (k int PRIMARY KEY, n counter)`,
  ],
);

beforeAll(async () => {
  const day = (at: number) => `2026-01-${String(1 + (at % 28)).padStart(2, '0')}`;
  const wide = Array.from({ length: 5_000 }, (_, at) => [`key ${at % 3}`, day(at), new Date(at * 1_000), 'v']);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.wide (k, day, at, v) VALUES (?, ?, ?, ?)`, wide);
  const some = Array.from({ length: 300 }, (_, at) => at);
  const shared = some.map((at) => [at, `shared ${at}`]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.statics (k, shared) VALUES (?, ?)`, shared);
  const rows = some.filter((at) => at % 3 === 0).flatMap((at) => [0, 1, 2].map((c) => [at, c, null]));
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.statics (k, c, v) VALUES (?, ?, ?)`, rows);
  for (const at of [3, 6, 9]) await plain.execute(`DELETE FROM ${KEYSPACE}.statics WHERE k = ${at}`);
  await insertAll(
    plain,
    `INSERT INTO ${KEYSPACE}.thin (k, v) VALUES (uuid(), ?)`,
    some.map((at) => [`${at}`]),
  );
  for (const at of some.slice(0, 20)) await plain.execute(`UPDATE ${KEYSPACE}.tally SET n = n + 1 WHERE k = ${at}`);
});
afterAll(() => closeClusters());

const post = (asked: CountRequest, signal?: AbortSignal) => {
  const init = { method: 'POST', body: JSON.stringify(asked), ...(signal ? { signal } : {}) };
  return postCount(new Request('http://localhost/', init), { params: Promise.resolve({ cluster: 'test' }) });
};

async function count(asked: CountRequest): Promise<CountLine[]> {
  const text = await (await post(asked)).text();
  return text
    .trimEnd()
    .split('\n')
    .map((line) => countLineSchema.parse(JSON.parse(line)));
}

/** Counted by the server itself. */
async function counted(table: string, where = ''): Promise<number> {
  const { rows } = await plain.execute(`SELECT COUNT(*) AS n FROM ${KEYSPACE}.${table}${where}`);
  return Number(rows[0]?.get('n'));
}

describe('a count', () => {
  it.each(['wide', 'statics', 'blank', 'thin', 'tally'])('of %s is what COUNT(*) says', async (table) => {
    const lines = await count({ keyspace: KEYSPACE, table });
    expect(lines.at(-1)).toMatchObject({ end: { rows: await counted(table) } });
    expect(lines.slice(0, -1).every((line) => 'progress' in line)).toBe(true);
    expect(lines.at(-2)).toMatchObject({ progress: { ringFraction: 1 } });
  });

  it('of partitions with only static content counts each once, as COUNT(*) does', async () => {
    expect(await counted('statics')).toBe(200 + 97 * 3);
    const filters = [{ column: 'k', operator: '=', value: 1 } as const];
    expect((await count({ keyspace: KEYSPACE, table: 'statics', filters })).at(-1)).toMatchObject({ end: { rows: 1 } });
  });

  it('with a filter counts the matching rows, and says what was read', async () => {
    const filters = [
      { column: 'k', operator: '=', value: 'key 1' } as const,
      { column: 'day', operator: '>', value: '2026-01-09' } as const,
    ];
    const rows = await counted('wide', ` WHERE k = 'key 1' AND day > '2026-01-09'`);
    const lines = await count({ keyspace: KEYSPACE, table: 'wide', filters });
    expect(lines.at(-1)).toMatchObject({
      end: { rows, statement: `SELECT day FROM ${KEYSPACE}.wide WHERE k = 'key 1' AND day > '2026-01-09'` },
    });
  });

  it('of rows that only filtering finds runs once that is allowed, with ranges in parallel', async () => {
    const filters = [{ column: 'c', operator: '=', value: 1 } as const];
    const asked = { keyspace: KEYSPACE, table: 'statics', filters };
    expect((await post(asked)).status).toBe(400);
    const lines = await count({ ...asked, allowFiltering: true });
    const statement = `SELECT k FROM ${KEYSPACE}.statics WHERE c = 1 ALLOW FILTERING`;
    expect(lines.at(-1)).toMatchObject({ end: { rows: 97, statement } });
    expect(lines.at(-2)).toMatchObject({ progress: { ringFraction: 1 } });
  });

  it('requests no more pages once its reader leaves', async () => {
    const requests = countRequests(await getCluster('test').client(), `${KEYSPACE}.wide`);
    const leave = new AbortController();
    const asked = { keyspace: KEYSPACE, table: 'wide', limits: { maxConcurrency: 1, maxRowsPerSecond: 500 } };
    const reader = (await post(asked, leave.signal)).body?.getReader();
    await reader?.read();
    leave.abort();
    await reader?.cancel();
    const soFar = requests();
    for (let waits = 0; waits < 20; waits++) await plain.execute('SELECT key FROM system.local');
    expect(requests()).toBe(soFar);
    expect(soFar).toBeLessThan(20);
  });

  it('of an unknown table, or with a filter that Cassandra cannot serve, is refused', async () => {
    expect((await post({ keyspace: KEYSPACE, table: 'nowhere' })).status).toBe(404);
    const filters = [{ column: 'v', operator: '=', value: 'v' } as const];
    expect((await post({ keyspace: KEYSPACE, table: 'wide', filters })).status).toBe(400);
  });
});
