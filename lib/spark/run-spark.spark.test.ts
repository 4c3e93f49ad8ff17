import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf, insertAll, testBed } from '@/lib/cassandra/test-support';
import { sparkRequestSchema } from '@/lib/contract/spark';
import { Stop } from '@/lib/jobs/stop';
import type { Submit } from './find-submit';
import { workOf } from './spark-kind';
import { again, begin, configure, folder, ownExport, rowsIn, setUpSpark, stateOf } from './test-jobs';
import { activeApplications, killGroup, MASTER, REST, startMaster, startWorker, untilWorkers } from './test-standalone';

const KEYSPACE = 'ringside_spark_test';

const COLUMNS = [
  ...['t text', 'b boolean', 'n bigint', 'i int', 's smallint', 'y tinyint', 'f double', 'bl blob', 'u uuid'],
  ...['d date', 'ip inet', 'tm time', 'dec decimal', 'v varint', 'ts timestamp', 'l list<int>', 'm map<text, int>'],
];
const VALUES = [
  `'it''s "x", \\ é', true, 9223372036854775807, -2147483648, 32767, -128, 0.1, 0x00ff, 123e4567-e89b-12d3-a456-426614174000, '1969-07-20', '10.0.0.1', '23:59:59.999999999', 12345.678901234567890123, 99999999999999999999999999999999999999, '2001-02-03T04:05:06.789Z', [1, -1], {'a': 1}`,
  'null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null',
];

const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.types (id int PRIMARY KEY, ${COLUMNS.join(', ')})`,
    ...VALUES.map(
      (values, id) =>
        `INSERT INTO ${KEYSPACE}.types (id, ${COLUMNS.map((column) => column.split(' ')[0]).join(', ')}) VALUES (${id}, ${values})`,
    ),
    `CREATE TABLE ${KEYSPACE}.many (id int PRIMARY KEY, v text)`,
    `CREATE TABLE ${KEYSPACE}.wide (id int PRIMARY KEY, n bigint)`,
    `CREATE TABLE ${KEYSPACE}.narrow (id int PRIMARY KEY, n int)`,
  ],
);

let submit: Submit;
const ended: (() => Promise<void>)[] = [];

beforeAll(async () => {
  submit = await setUpSpark();
  const rows = (count: number) => Array.from({ length: count }, (_, id) => id);
  await insertAll(
    plain,
    `INSERT INTO ${KEYSPACE}.many (id, v) VALUES (?, ?)`,
    rows(2_000).map((id) => [id, `v${id}`]),
  );
  const wide = rows(10).map((id) => [id, BigInt(id === 3 ? 2 ** 40 : id)]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.wide (id, n) VALUES (?, ?)`, wide);
});

afterAll(async () => {
  for (const end of ended) await end();
});

/** A job that takes longer than the test: each core reads two pages of ten rows a second. */
const SLOW = { do: 'export', keyspace: KEYSPACE, table: 'many', format: 'csv', readsPerSecond: 2 } as const;

async function isAlive(directory: string): Promise<boolean> {
  const handle = (await stateOf(directory))?.handle;
  if (handle?.by !== 'process') return false;
  try {
    process.kill(handle.pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('on this machine alone', () => {
  it('writes the values that Ringside writes, but for those that it said it would not', async () => {
    configure({ master: 'local[2]' });
    const accepted = ['dec', 'v', 'ts'];
    const asked = { do: 'export', keyspace: KEYSPACE, table: 'types', format: 'parquet' } as const;
    expect((await failureOf(workOf(cluster, sparkRequestSchema.parse(asked), true))).code).toBe(
      'confirmation_required',
    );
    const run = await begin(cluster, { ...asked, accepted });
    expect(await run.done).toMatchObject({ rowsObserved: 2, rowsReadBack: 2 });
    const [own, spark] = [await rowsIn(await ownExport(cluster, KEYSPACE, 'types')), await rowsIn(run.directory)];
    const exact = ['id', 't', 'b', 'n', 'i', 's', 'y', 'f', 'bl', 'd', 'ip', 'u'];
    const only = (rows: typeof own) =>
      rows.map((row) => Object.fromEntries(exact.map((name) => [name, String(row[name])])));
    expect(only(spark)).toEqual(only(own));
    expect(spark[0]).toMatchObject({ tm: 86_399_999_999_999n, l: [1, -1] });
    // Cut after 18 places, as the plan says.
    expect(Number(spark[0]?.dec)).toBeCloseTo(12345.678901234567, 9);
    const manifest: unknown = JSON.parse(readFileSync(join(run.directory, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ isComplete: true, rows: 2, spark: { rowsObserved: 2, rowsReadBack: 2 } });
    expect(readFileSync(join(run.directory, 'job.py'), 'utf8')).toBe(run.work.script);
  });

  it('keeps a row that does not fit in a narrower column apart, writes the others, and is not complete', async () => {
    configure({ master: 'local[2]' });
    const failed = join(folder, 'failed');
    const column = (name: string) => ({ to: name, from: { field: name }, steps: [{ do: 'cast', to: 'int' } as const] });
    const run = await begin(cluster, {
      ...{ do: 'copy', keyspace: KEYSPACE, table: 'wide', to: { keyspace: KEYSPACE, table: 'narrow' }, failed },
      mapping: [column('id'), column('n')],
    });
    const { message } = await failureOf(run.done);
    expect(message).toContain('9 rows observed, 9 read back, 1 did not fit');
    const kept = readdirSync(failed)
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(join(failed, name), 'utf8'));
    expect(kept.join('')).toContain('"n":1099511627776,"ringside_reason":"n: not int"');
    const { rows } = await plain.execute(`SELECT id, n FROM ${KEYSPACE}.narrow`);
    expect(rows.map((row) => [row.get('id'), row.get('n')]).toSorted((a, b) => a[0] - b[0])).toEqual(
      [0, 1, 2, 4, 5, 6, 7, 8, 9].map((id) => [id, id]),
    );
  });

  it('runs on while Ringside restarts, is found again, and ends when it is cancelled', async () => {
    configure({ master: 'local[2]' });
    const run = await begin(cluster, SLOW);
    await expect.poll(() => run.progress()?.stage).toBe('write');
    run.stop('wait');
    await expect(run.done).rejects.toBeInstanceOf(Stop);
    expect(await isAlive(run.directory)).toBe(true);
    const found = again(cluster, run.work, run.directory);
    await expect.poll(() => found.progress()?.applicationId).toBe(run.progress()?.applicationId);
    found.stop('cancel');
    await expect(found.done).rejects.toBeInstanceOf(Stop);
    await expect.poll(() => isAlive(run.directory)).toBe(false);
    expect(existsSync(join(run.directory, 'files', 'manifest.json'))).toBe(false);
    expect(existsSync(join(run.directory, 'manifest.json'))).toBe(false);
  });

  it('is not complete when it was killed, whatever it wrote', async () => {
    configure({ master: 'local[2]' });
    const run = await begin(cluster, SLOW);
    await expect.poll(() => run.progress()?.stage).toBe('write');
    const handle = (await stateOf(run.directory))?.handle;
    if (handle?.by !== 'process') throw new Error('no process');
    process.kill(-handle.pid, 'SIGKILL');
    expect(await failureOf(run.done)).toMatchObject({
      code: 'spark_failed',
      message: expect.stringContaining('last line'),
    });
  });
});

describe('on a standalone cluster', () => {
  let worker: ChildProcess;

  const startAnother = () => {
    const started = startWorker(submit, folder);
    ended.push(() => killGroup(started));
    worker = started;
  };

  beforeAll(async () => {
    const master = startMaster(submit, folder);
    ended.push(() => killGroup(master));
    startAnother();
    await untilWorkers(1);
  });

  it('goes on with another worker when one was killed, and counts every row once', async () => {
    configure({ master: MASTER });
    const target = join(folder, 'target');
    const run = await begin(cluster, { ...SLOW, readsPerSecond: 200, target });
    await expect.poll(() => run.progress()?.tasks ?? 0).toBeGreaterThan(0);
    await killGroup(worker);
    startAnother();
    expect(await run.done).toMatchObject({ rowsObserved: 2_000, rowsReadBack: 2_000 });
    const manifest: unknown = JSON.parse(readFileSync(join(target, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ isComplete: true, rows: 2_000 });
  });

  it('runs by the master’s REST server too, and is found by its submission', async () => {
    configure({ master: MASTER, rest: REST });
    const target = join(folder, 'by-rest');
    const run = await begin(cluster, { do: 'export', keyspace: KEYSPACE, table: 'many', format: 'ndjson', target });
    expect(await run.done).toMatchObject({ rowsObserved: 2_000, rowsReadBack: 2_000 });
    const files = readdirSync(target).filter((name) => name.endsWith('.json') && name.startsWith('part-'));
    const lines = files.flatMap((name) => readFileSync(join(target, name), 'utf8').trim().split('\n'));
    expect(lines).toContain('{"id":1999,"v":"v1999"}');
    expect(lines).toHaveLength(2_000);
  });

  it('is found by its submission after a restart, and is killed by the master’s REST server when it is cancelled', async () => {
    configure({ master: MASTER, rest: REST });
    const target = join(folder, 'killed');
    const run = await begin(cluster, { ...SLOW, target });
    await expect.poll(() => run.progress()?.applicationId).toMatch(/^app-/);
    run.stop('wait');
    await expect(run.done).rejects.toBeInstanceOf(Stop);
    expect(await activeApplications()).toBe(1);
    const found = again(cluster, run.work, run.directory);
    await expect.poll(() => found.progress()?.applicationId).toBe(run.progress()?.applicationId);
    found.stop('cancel');
    await expect(found.done).rejects.toBeInstanceOf(Stop);
    expect(await driverState(run.directory)).toBe('KILLED');
    await expect.poll(activeApplications).toBe(0);
    expect(existsSync(join(target, '_SUCCESS'))).toBe(false);
    expect(existsSync(join(target, 'manifest.json'))).toBe(false);
    // The login and the jars go with the application.
    expect(readdirSync(run.directory)).not.toEqual(expect.arrayContaining(['spark.conf']));
    expect(existsSync(join(run.directory, 'jars'))).toBe(false);
  });

  it('fails when the worker that runs its driver is killed', async () => {
    configure({ master: MASTER, rest: REST });
    const target = join(folder, 'lost');
    const run = await begin(cluster, { ...SLOW, target });
    await expect.poll(() => run.progress()?.applicationId).toMatch(/^app-/);
    await killGroup(worker);
    expect(await failureOf(run.done)).toMatchObject({
      code: 'spark_failed',
      message: expect.stringContaining('last line'),
    });
    expect(existsSync(join(target, 'manifest.json'))).toBe(false);
  });
});

/** What the master says of a job that was submitted to its REST server. */
async function driverState(directory: string): Promise<unknown> {
  const handle = (await stateOf(directory))?.handle;
  if (handle?.by !== 'rest') throw new Error('it was not submitted by REST');
  const answer = await fetch(`${REST}/v1/submissions/status/${handle.submission}`);
  return Object(await answer.json()).driverState;
}
