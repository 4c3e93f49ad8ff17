import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeClusters, getCluster } from '@/lib/cassandra/client/registry';
import { clusterConfig, insertAll, testBed } from '@/lib/cassandra/test-support';
import { errorBodySchema } from '@/lib/contract/errors';
import { historyResponseSchema } from '@/lib/contract/history';
import { jobsResponseSchema } from '@/lib/contract/jobs';
import { parseJson } from '@/lib/contract/json';
import { ANONYMOUS } from '@/lib/contract/principal';
import {
  type NewSchedule,
  nextTimesSchema,
  type Schedule,
  type ScheduleAction,
  scheduleSchema,
  schedulesResponseSchema,
} from '@/lib/contract/schedules';
import { SYSTEM_CLOCK } from '@/lib/schedules/clock';
import { Schedules } from '@/lib/schedules/schedules';
import { openJobs } from '@/lib/server-jobs';
import { serverSchedules } from '@/lib/server-schedules';
import { GET as readHistory } from './clusters/[cluster]/history/route';
import { POST as createSchedule } from './clusters/[cluster]/schedules/route';
import { GET as listJobs } from './jobs/route';
import { GET as readTimes } from './schedule-times/route';
import { POST as actOn, GET as readOne, DELETE as removeOne } from './schedules/[name]/route';
import { GET as listSchedules } from './schedules/route';

const base = await mkdtemp(join(tmpdir(), 'ringside-schedules-'));
const reports: unknown[] = [];
const receiver = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  reports.push(parseJson(Buffer.concat(chunks).toString()));
  response.writeHead(204).end();
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');
const { port }: AddressInfo = Object(receiver.address());
const webhooks = { ops: `http://127.0.0.1:${port}/token` };
vi.stubEnv('RINGSIDE_CLUSTERS', JSON.stringify({ clusters: [clusterConfig({ writes: false })], webhooks }));
vi.stubEnv('RINGSIDE_DATA_DIR', base);
vi.stubEnv('RINGSIDE_EXPORT_DIR', join(base, 'exports'));

const KEYSPACE = 'ringside_schedules_test';
const ROWS = 500;
const { plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.t (k int PRIMARY KEY, name text)`]);

beforeAll(async () => {
  const rows = Array.from({ length: ROWS }, (_, at) => [at, `secret ${at}`]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.t (k, name) VALUES (?, ?)`, rows);
});
afterAll(async () => {
  await serverSchedules().close();
  await closeClusters();
  receiver.close();
  await rm(base, { recursive: true });
});

const request = (body?: unknown) =>
  new Request('http://localhost/', body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
const on = <P>(params: P) => ({ params: Promise.resolve(params) });

const EXPORT = { keyspace: KEYSPACE, table: 't', format: 'csv' };
const EVERY_SECOND: NewSchedule = {
  name: 'each-second',
  kind: 'export',
  request: EXPORT,
  pattern: '* * * * * *',
  timeZone: 'Europe/Berlin',
  keep: { runs: 2, days: null },
  webhook: 'ops',
};
/** Still going when its next time comes. */
const SLOWLY = { ...EXPORT, pageRows: 50, limits: { maxRowsPerSecond: 100 } };

const ask = (change: Partial<NewSchedule>) =>
  createSchedule(request({ ...EVERY_SECOND, ...change }), on({ cluster: 'test' }));
async function create(change: Partial<NewSchedule>): Promise<Schedule> {
  const response = await ask(change);
  expect(response.status).toBe(201);
  return scheduleSchema.parse(await response.json());
}
const read = async (name: string) => scheduleSchema.parse(await (await readOne(request(), on({ name }))).json());
const statesOf = async (name: string) => (await read(name)).runs.map(({ state }) => state);
const act = (name: string, action: ScheduleAction) => actOn(request(action), on({ name }));
const ownJobs = async (name: string) => {
  const { jobs } = jobsResponseSchema.parse(await (await listJobs(request(), on({}))).json());
  return jobs.filter(({ schedule }) => schedule?.name === name);
};
const refusal = async (response: Response) => errorBodySchema.parse(await response.json()).error;
const PATIENT = { timeout: 60_000, interval: 50 };

describe('a schedule over HTTP', { timeout: 120_000 }, () => {
  it('exports a table each second on a read-only cluster, keeps the last two, and reports each', async () => {
    await create({});
    const complete = async () => (await read('each-second')).runs.filter(({ state }) => state === 'complete');
    await expect.poll(async () => (await complete()).length, PATIENT).toBeGreaterThanOrEqual(4);
    expect((await act('each-second', { action: 'pause' })).status).toBe(200);
    await expect.poll(() => statesOf('each-second'), PATIENT).not.toContain('running');
    for (const { rows, by } of await complete()) expect([rows, by]).toEqual([ROWS, 'time']);
    await expect.poll(async () => (await ownJobs('each-second')).length, PATIENT).toBe(2);
    const kept = (await ownJobs('each-second')).map(({ id }) => id);
    expect((await readdir(join(base, 'exports'))).toSorted()).toEqual(kept.toSorted());

    // A report has no row, no statement and no name of a file.
    await expect.poll(() => reports.length, PATIENT).toBeGreaterThanOrEqual(4);
    const report = { version: 1, schedule: 'each-second', cluster: 'test', state: 'complete', rows: ROWS };
    expect(reports).toContainEqual(expect.objectContaining(report));
    expect(JSON.stringify(reports)).not.toMatch(/secret|SELECT|ringside_schedules_test|exports/);
    const response = await readHistory(new Request('http://localhost/?search=each-second'), on({ cluster: 'test' }));
    const { entries } = historyResponseSchema.parse(await response.json());
    const statement = `SELECT * FROM ${KEYSPACE}.t`;
    const entry = { outcome: 'complete', rows: ROWS, schedule: 'each-second (export)', statement };
    expect(entries).toContainEqual(expect.objectContaining(entry));
  });

  it('does not start a run while the one before it is going', async () => {
    await create({ name: 'slow', request: SLOWLY, webhook: null });
    await expect.poll(() => statesOf('slow'), PATIENT).toEqual(['skipped', 'running']);
    const refused = await act('slow', { action: 'run' });
    expect(refused.status).toBe(400);
    expect((await refusal(refused)).message).toContain('still going');
    expect(await ownJobs('slow')).toHaveLength(1);
    expect((await removeOne(request(), on({ name: 'slow' }))).status).toBe(204);
    expect((await readOne(request(), on({ name: 'slow' }))).status).toBe(404);
    expect(await ownJobs('slow')).toHaveLength(1);
  });

  it('says why a run failed, to whoever started it and to the webhook', async () => {
    await plain.execute(`CREATE TABLE ${KEYSPACE}.gone (k int PRIMARY KEY)`);
    await create({ name: 'gone', request: { ...EXPORT, table: 'gone' }, pattern: '@yearly' });
    await plain.execute(`DROP TABLE ${KEYSPACE}.gone`);
    const refused = await act('gone', { action: 'run' });
    expect(refused.status).toBe(404);
    const run = {
      state: 'failed',
      by: 'person',
      message: expect.stringContaining('gone'),
      hook: { isDelivered: true },
    };
    await expect.poll(async () => (await read('gone')).runs, PATIENT).toMatchObject([run]);
  });

  it.each<[string, Partial<NewSchedule>, string]>([
    ['a table that is not there', { request: { ...EXPORT, table: 'none' } }, 'not_found'],
    ['a webhook that is not configured', { webhook: 'other' }, 'invalid_request'],
    ['a zone that is none', { timeZone: 'Mars/Base' }, 'invalid_request'],
    ['changes that nobody reviewed', { kind: 'change' }, 'invalid_request'],
  ])('is refused for %s', async (_what, change, code) => {
    expect((await refusal(await ask({ name: 'x', ...change }))).code).toBe(code);
  });

  it('lists the webhooks by name alone, and says when a pattern comes', async () => {
    const list = await (await listSchedules(request(), on({}))).text();
    expect(schedulesResponseSchema.parse(JSON.parse(list))).toMatchObject({ webhooks: ['ops'], standstill: null });
    expect(list).not.toContain('token');
    const search = new URLSearchParams({ pattern: '0 12 24 12 *', timeZone: 'UTC' });
    const response = await readTimes(new Request(`http://localhost/?${search}`), on({}));
    const { times } = nextTimesSchema.parse(await response.json());
    expect(times.map((time) => time.slice(4))).toEqual(Array.from({ length: 5 }, () => '-12-24T12:00:00.000Z'));
  });
});

describe('after a restart', { timeout: 120_000 }, () => {
  const folder = join(base, 'restarted');
  const open = () => {
    const jobs = openJobs(join(folder, 'jobs'), 1);
    const schedules = new Schedules({
      folder: join(folder, 'schedules'),
      jobs,
      ground: { isReadOnly: (cluster) => getCluster(cluster).readOnly, checkOwner: async () => undefined },
      webhooks: () => new Map(),
      clock: SYSTEM_CLOCK,
      record: async () => undefined,
    });
    return { jobs, schedules, close: () => Promise.all([schedules.close(), jobs.suspend()]) };
  };

  it('a run that was going is resumed, and the schedule goes on', async () => {
    const before = open();
    await before.schedules.create(ANONYMOUS, 'test', { ...EVERY_SECOND, request: SLOWLY, webhook: null });
    await expect.poll(async () => (await before.jobs.list(ANONYMOUS))[0]?.rows ?? 0, PATIENT).toBeGreaterThan(0);
    await before.close();
    const kept = await readFile(join(folder, 'schedules', 'each-second.json'), 'utf8');
    expect(kept).toContain('"state": "running"');

    const after = open();
    await after.schedules.start();
    const complete = async () =>
      (await after.schedules.get(ANONYMOUS, 'each-second')).runs.filter(({ state }) => state === 'complete');
    await expect.poll(async () => (await complete()).length, PATIENT).toBeGreaterThanOrEqual(2);
    for (const { rows } of await complete()) expect(rows).toBe(ROWS);
    await after.schedules.remove(ANONYMOUS, 'each-second');
    await after.close();
  });
});
