import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { toFailure } from '@/lib/cassandra/client/errors';
import { closeClusters, getCluster } from '@/lib/cassandra/client/registry';
import { clusterConfig, testBed } from '@/lib/cassandra/test-support';
import { parseJson } from '@/lib/contract/json';
import { ANONYMOUS } from '@/lib/contract/principal';
import type { NewSchedule } from '@/lib/contract/schedules';
import { Schedules } from '@/lib/schedules/schedules';
import { TestClock } from '@/lib/schedules/test-clock';
import { openJobs } from '@/lib/server-jobs';

const base = await mkdtemp(join(tmpdir(), 'ringside-repeat-'));
const inbox = join(base, 'inbox');
const config = clusterConfig();
const clusters = [
  config,
  { ...config, name: 'readonly', writes: false },
  { ...config, name: 'red', colour: '#c00000' },
];
vi.stubEnv('RINGSIDE_CLUSTERS', JSON.stringify({ clusters, load: { directories: [inbox] } }));
vi.stubEnv('RINGSIDE_DATA_DIR', base);

const KEYSPACE = 'ringside_repeat_writes';
const table = (name: string) => `CREATE TABLE ${KEYSPACE}.${name} (p int PRIMARY KEY, v int)`;
const { plain } = testBed([KEYSPACE], ['t', 'src', 'dst', 'gone', 'altered', 'nearby', 'many', 'slow'].map(table));
const clock = new TestClock('2026-11-29T10:20:00Z');
/** What the webhook has received. */
const reports: unknown[] = [];
const receiver = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  reports.push(parseJson(Buffer.concat(chunks).toString()));
  response.writeHead(204).end();
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');
const { port }: AddressInfo = Object(receiver.address());
const jobs = openJobs(join(base, 'jobs'), 2);
const schedules = new Schedules({
  folder: join(base, 'schedules'),
  jobs,
  ground: { isReadOnly: (cluster) => getCluster(cluster).readOnly, checkOwner: async () => undefined },
  webhooks: () => new Map([['ops', `http://127.0.0.1:${port}/`]]),
  clock,
  record: async () => undefined,
});
beforeAll(() => mkdir(inbox));
afterAll(async () => {
  await schedules.close();
  await jobs.suspend();
  await closeClusters();
  receiver.close();
  await rm(base, { recursive: true });
});

const WHEN = { pattern: '@yearly', timeZone: 'UTC', keep: { runs: 1, days: null }, webhook: null };

/** A schedule whose statement was seen. */
async function create(
  name: string,
  kind: string,
  request: object,
  change: Partial<NewSchedule> = {},
  cluster = 'test',
) {
  const { statement } = await schedules.plan(ANONYMOUS, cluster, { kind, request });
  const confirm = { statement, name: KEYSPACE };
  return schedules.create(ANONYMOUS, cluster, { ...WHEN, name, kind, request, confirm, ...change });
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => toFailure(error).error,
  );
/** The newest run, once it has ended. */
async function ended(name: string, runs: number) {
  const read = async () => (await schedules.get(ANONYMOUS, name)).runs;
  const isOver = async () => {
    const [last, ...others] = await read();
    return others.length === runs - 1 && last?.endedAt != null;
  };
  await expect.poll(isOver, { timeout: 60_000, interval: 50 }).toBe(true);
  const [last] = await read();
  return last;
}
const runNow = async (name: string, runs: number) => {
  await schedules.act(ANONYMOUS, name, { action: 'run' });
  return ended(name, runs);
};
const rowsOf = async (name: string) =>
  (await plain.execute(`SELECT p, v FROM ${KEYSPACE}.${name}`)).rows
    .map((row) => [row.get('p'), row.get('v')])
    .toSorted(([one], [other]) => one - other);
const load = (path: string, name = 't') => ({ keyspace: KEYSPACE, table: name, from: { path } });
const file = async (name: string, text: string) => {
  await writeFile(join(inbox, name), text);
  return join(inbox, name);
};

describe('a load that repeats', { timeout: 120_000 }, () => {
  it('loads what the file has at its time, with write times of the run, and keeps the failed records of the last run', async () => {
    const path = await file('rows.csv', 'p,v\n1,10\n2,20\n');
    const made = await create('hourly', 'load', load(path), { pattern: '0 * * * *' });
    expect(made).toMatchObject({
      kind: 'load',
      title: `${KEYSPACE}.t`,
      request: { from: { path }, source: { format: 'csv' } },
    });
    clock.set('2026-11-29T11:00:00Z');
    expect(await ended('hourly', 1)).toMatchObject({ state: 'complete', by: 'time', failedRows: 0, message: null });
    expect(await rowsOf('t')).toEqual([
      [1, 10],
      [2, 20],
    ]);

    await plain.execute(`UPDATE ${KEYSPACE}.t SET v = 11 WHERE p = 1`);
    await file('rows.csv', 'p,v\n1,12\nx,1\n3,30\n');
    clock.set('2026-11-29T12:00:00Z');
    expect(await ended('hourly', 2)).toMatchObject({
      state: 'complete',
      failedRows: 1,
      message: expect.stringContaining('1 row was not written'),
    });
    expect(await rowsOf('t')).toEqual([
      [1, 12],
      [2, 20],
      [3, 30],
    ]);

    // The failed records of the newest such run stay; those of the one before go. The complete run stays beside them.
    clock.set('2026-11-29T13:00:00Z');
    const last = await ended('hourly', 3);
    await expect.poll(async () => (await schedules.get(ANONYMOUS, 'hourly')).runs[0]?.removed).toBe(1);
    const kept = (await schedules.get(ANONYMOUS, 'hourly')).runs.map(({ jobId }) => jobId !== null);
    expect(kept).toEqual([true, false, true]);
    const failed = await readFile(join(jobs.directory, String(last?.jobId), 'failed.csv'), 'utf8');
    expect(failed).toBe('p,v\nx,1\n');
    await schedules.remove(ANONYMOUS, 'hourly');
  });

  it('takes the files that a directory has at each run, and fails without one', async () => {
    const folder = join(inbox, 'daily');
    await mkdir(folder);
    await writeFile(join(folder, 'a.csv'), 'p,v\n41,1\n');
    await create('daily', 'load', load(folder));
    await writeFile(join(folder, 'b.csv'), 'p,v\n42,1\n');
    expect(await runNow('daily', 1)).toMatchObject({ state: 'complete', rows: 2 });
    await rm(folder, { recursive: true });
    expect(await refusal(schedules.act(ANONYMOUS, 'daily', { action: 'run' }))).toMatchObject({ code: 'not_found' });
    expect(await ended('daily', 2)).toMatchObject({
      state: 'failed',
      jobId: null,
      message: expect.stringContaining(folder),
    });
    await mkdir(folder);
    await writeFile(join(folder, 'c.csv'), 'p,v\n43,1\n');
    expect(await runNow('daily', 3)).toMatchObject({ state: 'complete', rows: 1 });
  });

  it('looks for its fields in each file, and writes nothing when one lacks a field', async () => {
    const folder = join(inbox, 'several');
    await mkdir(folder);
    await writeFile(join(folder, 'a.csv'), 'p,v\n71,1\n');
    await create('several', 'load', load(folder));
    await writeFile(join(folder, 'b.csv'), 'p,w\n72,1\n');
    await writeFile(join(folder, 'empty.csv'), 'p,v\n');
    expect(await refusal(schedules.act(ANONYMOUS, 'several', { action: 'run' }))).toMatchObject({
      message: 'b.csv has no field “v”, which this load takes.',
    });
    expect((await rowsOf('t')).filter(([p]) => Number(p) > 70)).toEqual([]);
    await writeFile(join(folder, 'b.csv'), 'v,p\n1,72\n');
    expect(await runNow('several', 2)).toMatchObject({ state: 'complete', rows: 2 });
  });

  it('does not write what was not reviewed: a field that is gone, a column of another type', async () => {
    const path = await file('fields.csv', 'p,v\n1,1\n');
    await create('fields', 'load', load(path, 'altered'));
    await file('fields.csv', 'p,w\n1,1\n');
    expect(await refusal(schedules.act(ANONYMOUS, 'fields', { action: 'run' }))).toMatchObject({
      message: 'fields.csv has no field “v”, which this load takes.',
    });
    await file('fields.csv', 'p,v\n1,1\n');
    await plain.execute(`ALTER TABLE ${KEYSPACE}.altered ADD more text`);
    expect(await runNow('fields', 2)).toMatchObject({ state: 'complete' });
    await plain.execute(`DROP TABLE ${KEYSPACE}.altered`);
    await plain.execute(`CREATE TABLE ${KEYSPACE}.altered (p int PRIMARY KEY, v text)`);
    expect(await refusal(schedules.act(ANONYMOUS, 'fields', { action: 'run' }))).toMatchObject({
      code: 'schema_changed',
    });
    expect(await rowsOf('altered')).toEqual([]);
  });

  it.each<[string, object, string, string]>([
    ['an upload', { upload: 'b3a3c1de-0000-4000-8000-000000000000' }, 'test', 'uploaded file cannot be loaded again'],
    ['the files of a job', { job: 'b3a3c1de-0000-4000-8000-000000000000' }, 'test', 'never changes'],
    ['a path outside', { path: '/etc/passwd' }, 'test', 'may be loaded'],
    ['a cluster without writes', { path: inbox }, 'readonly', 'read-only'],
  ])('is refused for %s', async (_what, from, cluster, message) => {
    const refused = await refusal(schedules.plan(ANONYMOUS, cluster, { kind: 'load', request: { ...load(''), from } }));
    expect(refused?.message).toContain(message);
  });

  it('asks for the name of the table on a red cluster', async () => {
    const path = await file('red.csv', 'p,v\n1,1\n');
    const plan = await schedules.plan(ANONYMOUS, 'red', { kind: 'load', request: load(path) });
    expect(plan).toMatchObject({ confirmName: 't', isWrite: true, statement: expect.stringContaining('INSERT INTO') });
    const refused = await refusal(create('red', 'load', load(path), {}, 'red'));
    expect(refused).toMatchObject({
      code: 'confirmation_required',
      message: expect.stringContaining('type the name t'),
    });
  });
});

const copy = (source: string, target: string, more: object = {}) => ({
  keyspace: KEYSPACE,
  table: source,
  target: { keyspace: KEYSPACE, table: target },
  ...more,
});

describe('a copy that repeats', { timeout: 120_000 }, () => {
  it('copies what the source has at each run, into a table that its first run creates', async () => {
    await plain.execute(`INSERT INTO ${KEYSPACE}.src (p, v) VALUES (1, 1)`);
    const made = await create('copying', 'copy', copy('src', 'made', { create: true }));
    expect(made.statement).toContain(`INSERT INTO ${KEYSPACE}.made (p, v) VALUES (?, ?)`);
    expect(await runNow('copying', 1)).toMatchObject({ state: 'complete', failedRows: 0 });
    await plain.execute(`UPDATE ${KEYSPACE}.src SET v = 2 WHERE p = 1`);
    await plain.execute(`UPDATE ${KEYSPACE}.made SET v = 9 WHERE p = 1`);
    // A column that comes later is not part of what was reviewed.
    await plain.execute(`ALTER TABLE ${KEYSPACE}.src ADD more text`);
    expect(await runNow('copying', 2)).toMatchObject({ state: 'complete', failedRows: 0 });
    expect(await rowsOf('made')).toEqual([[1, 2]]);
  });

  it('fails where its target is gone or has changed, and goes on when it is there again', async () => {
    await create('checked', 'copy', copy('nearby', 'gone', { create: true }));
    await plain.execute(`DROP TABLE ${KEYSPACE}.gone`);
    const refused = await refusal(schedules.act(ANONYMOUS, 'checked', { action: 'run' }));
    expect(refused?.message).toContain('what would create it was not reviewed');
    await plain.execute(`CREATE TABLE ${KEYSPACE}.gone (p int PRIMARY KEY, v bigint)`);
    const changed = await refusal(schedules.act(ANONYMOUS, 'checked', { action: 'run' }));
    expect(changed).toMatchObject({ code: 'invalid_request' });
    await plain.execute(`DROP TABLE ${KEYSPACE}.gone`);
    await plain.execute(table('gone'));
    expect(await runNow('checked', 3)).toMatchObject({ state: 'complete' });
    const { runs, nextAt } = await schedules.get(ANONYMOUS, 'checked');
    expect(runs.map(({ state }) => state)).toEqual(['complete', 'failed', 'failed']);
    expect(nextAt).not.toBeNull();
  });

  it('needs writes on the cluster of its target, not on that of its source', async () => {
    const onto = (cluster: string) => copy('src', 'dst', { target: { cluster, keyspace: KEYSPACE, table: 'dst' } });
    const refused = await refusal(schedules.plan(ANONYMOUS, 'test', { kind: 'copy', request: onto('readonly') }));
    expect(refused).toMatchObject({ code: 'read_only', message: expect.stringContaining('readonly') });
    await create('from-readonly', 'copy', onto('test'), {}, 'readonly');
    expect(await runNow('from-readonly', 1)).toMatchObject({ state: 'complete', rows: 1 });
  });

  it('is refused for failed rows, which never change', async () => {
    const { keyspace: _k, table: _t, ...rest } = copy('src', 'dst');
    const request = { ...rest, again: { job: 'b3a3c1de-0000-4000-8000-000000000000' } };
    const refused = await refusal(schedules.plan(ANONYMOUS, 'test', { kind: 'copy', request }));
    expect(refused?.message).toContain('never change');
  });
});

describe('what repeats and writes', { timeout: 120_000 }, () => {
  const MANY = Array.from({ length: 300 }, (_, at) => `${at},1`);

  it.each([
    ['load', [14, 15], (path: string) => ({ ...load(path, 'slow'), options: { rowsPerSecond: 1 } })],
    ['copy', [16, 17], () => copy('many', 'slow', { rowsPerSecond: 1 })],
  ] as const)('never runs a %s twice at a time, and tells its webhook how each run ended', async (...of) => {
    const [kind, [first, second], slow] = of;
    const path = await file('many.csv', `p,v\n${MANY.join('\n')}\n`);
    await create(`fill-${kind}`, 'load', load(path, 'many'));
    await runNow(`fill-${kind}`, 1);
    reports.length = 0;
    await create(kind, kind, slow(path), { webhook: 'ops', pattern: '0 * * * *' });
    const newest = async () => (await schedules.get(ANONYMOUS, kind)).runs;
    clock.set(`2026-11-29T${first}:00:00Z`);
    await expect.poll(async () => (await newest())[0]?.jobId ?? null, { timeout: 60_000 }).not.toBeNull();
    clock.set(`2026-11-29T${second}:00:00Z`);
    await expect.poll(async () => (await newest()).map(({ state }) => state)).toEqual(['skipped', 'running']);
    expect(await refusal(schedules.act(ANONYMOUS, kind, { action: 'run' }))).toMatchObject({
      message: expect.stringContaining('still going'),
    });
    await jobs.act(ANONYMOUS, String((await newest())[1]?.jobId), 'cancel');
    await expect
      .poll(() => reports, { timeout: 60_000 })
      .toMatchObject([
        { schedule: kind, kind, by: 'time', state: 'skipped', job: null },
        { schedule: kind, kind, by: 'time', state: 'cancelled', job: expect.any(String) },
      ]);
    await schedules.remove(ANONYMOUS, kind);
    await schedules.remove(ANONYMOUS, `fill-${kind}`);
  });

  it('tells its webhook how many rows failed, and no value of them', async () => {
    reports.length = 0;
    await create('reported', 'load', load(await file('reported.csv', 'p,v\n1,secret\n2,2\n')), { webhook: 'ops' });
    expect(await runNow('reported', 1)).toMatchObject({ state: 'complete', failedRows: 1 });
    await expect
      .poll(() => reports)
      .toMatchObject([{ schedule: 'reported', state: 'complete', rows: 2, failedRows: 1 }]);
    expect(JSON.stringify(reports)).not.toContain('secret');
  });
});
