import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { clusterConfig, failureOf, insertAll, testBed } from '@/lib/cassandra/test-support';
import { errorBodySchema } from '@/lib/contract/errors';
import { type Job, type JobAction, type JobState, jobSchema, jobsResponseSchema } from '@/lib/contract/jobs';
import { ANONYMOUS } from '@/lib/contract/principal';
import type { ExportRequest } from '@/lib/contract/reads';
import { manifestSchema } from '@/lib/export/parts-state';
import { openJobs } from '@/lib/server-jobs';
import { POST as startJob } from './clusters/[cluster]/jobs/route';
import { GET as downloadPart } from './jobs/[id]/parts/[name]/route';
import { POST as actOnJob, DELETE as deleteJob, GET as watchJob } from './jobs/[id]/route';
import { GET as listJobs } from './jobs/route';

const base = await mkdtemp(join(tmpdir(), 'ringside-jobs-'));
const GONE = clusterConfig({ name: 'gone', contactPoints: ['127.0.0.1:1'] });
vi.stubEnv('RINGSIDE_CLUSTERS', JSON.stringify([clusterConfig({ writes: false }), GONE]));
vi.stubEnv('RINGSIDE_EXPORT_DIR', base);

const KEYSPACE = 'ringside_jobs_test';
const ROWS = 6_000;
const { plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.t (k int PRIMARY KEY, name text)`]);

beforeAll(async () => {
  const rows = Array.from({ length: ROWS }, (_, at) => [at, `name ${at}`]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.t (k, name) VALUES (?, ?)`, rows);
});
afterAll(async () => {
  await closeClusters();
  await rm(base, { recursive: true });
});

const request = (body?: unknown) =>
  new Request('http://localhost/', body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
const on = <P>(params: P) => ({ params: Promise.resolve(params) });

/** Slow enough to be observed while it runs. */
const SLOWLY: ExportRequest = {
  keyspace: KEYSPACE,
  table: 't',
  format: 'csv',
  pageRows: 50,
  limits: { maxRowsPerSecond: 2_000 },
};

async function start(asked: ExportRequest): Promise<Job> {
  const response = await startJob(request(asked), on({ cluster: 'test' }));
  expect(response.status).toBe(201);
  return jobSchema.parse(await response.json());
}

/** Every state that the job is seen in until it has the wanted one. */
async function until(id: string, isThere: (job: Job) => boolean): Promise<Job> {
  for (;;) {
    const response = await watchJob(request(), on({ id }));
    const reader = response.body?.getReader();
    for (let step = await reader?.read(); step?.value; step = await reader?.read()) {
      const job = jobSchema.parse(JSON.parse(Buffer.from(step.value).toString()));
      if (!isThere(job)) continue;
      await reader?.cancel();
      return job;
    }
  }
}
const untilState = (id: string, ...states: JobState[]) => until(id, ({ state }) => states.includes(state));

async function act(id: string, action: JobAction): Promise<Job> {
  const response = await actOnJob(request({ action }), on({ id }));
  expect(response.status).toBe(200);
  return jobSchema.parse(await response.json());
}

/** The rows of all parts, read through the API as a browser does, with each part checked against the manifest. */
async function rowsOf(id: string): Promise<string[]> {
  const get = (name: string) => downloadPart(request(), on({ id, name }));
  const manifest = manifestSchema.parse(await (await get('manifest.json')).json());
  expect(manifest).toMatchObject({ isComplete: true, statement: `SELECT * FROM ${KEYSPACE}.t` });
  expect(manifest.schema).toContain(`CREATE TABLE ${KEYSPACE}.t`);
  const lines: string[] = [];
  for (const { name, bytes, sha256, rows } of manifest.parts) {
    const file = Buffer.from(await (await get(name)).arrayBuffer());
    expect([file.length, createHash('sha256').update(file).digest('hex')]).toEqual([bytes, sha256]);
    const own = file.toString().split('\r\n').slice(1, -1);
    expect(own).toHaveLength(rows);
    lines.push(...own);
  }
  return lines.toSorted();
}
const EXPECTED = Array.from({ length: ROWS }, (_, at) => `${at},name ${at}`).toSorted();

describe('a job', () => {
  it('runs to its end, even on a read-only cluster, and its files can be downloaded', async () => {
    const { id } = await start({ keyspace: KEYSPACE, table: 't', format: 'csv' });
    const job = await untilState(id, 'complete', 'failed');
    expect(job).toMatchObject({ state: 'complete', rows: ROWS, error: null, scan: { rows: ROWS } });
    expect(job.parts.every(({ sha256 }) => sha256 !== null)).toBe(true);
    expect(await rowsOf(id)).toEqual(EXPECTED);
    const { jobs, directory } = jobsResponseSchema.parse(await (await listJobs(request(), on({}))).json());
    expect([jobs[0]?.id, directory]).toEqual([id, base]);
  });

  it('can be paused and resumed at any row without losing or repeating one', async () => {
    const { id } = await start(SLOWLY);
    for (const rows of [1, 900, 2_300, 4_000]) {
      await until(id, (job) => job.rows >= rows);
      const paused = await act(id, 'pause');
      expect(paused.state).toBe('paused');
      expect((await act(id, 'resume')).state).toMatch(/waiting|running/);
    }
    expect(await untilState(id, 'complete', 'failed')).toMatchObject({ state: 'complete', rows: ROWS });
    expect(await rowsOf(id)).toEqual(EXPECTED);
  });

  it('keeps its files after it is cancelled, until it is deleted', async () => {
    const { id, directory } = await start(SLOWLY);
    await until(id, (job) => job.rows > 0);
    expect(await act(id, 'cancel')).toMatchObject({ state: 'cancelled' });
    expect((await actOnJob(request({ action: 'resume' }), on({ id }))).status).toBe(400);
    expect(await readdir(directory)).toContain('manifest.json');
    expect((await deleteJob(request(), on({ id }))).status).toBe(204);
    await expect(stat(directory)).rejects.toThrow('ENOENT');
    expect((await watchJob(request(), on({ id }))).status).toBe(404);
  });

  it('waits while the maximum number of jobs is running', async () => {
    const all = [await start(SLOWLY), await start(SLOWLY), await start(SLOWLY)].map(({ id }) => id);
    const states = await Promise.all(all.map(async (id) => (await until(id, () => true)).state));
    expect(states).toEqual(['running', 'running', 'waiting']);
    await act(all[0] ?? '', 'cancel');
    await untilState(all[2] ?? '', 'running', 'complete');
    for (const id of all) await deleteJob(request(), on({ id }));
    expect((await readdir(base)).filter((name) => all.includes(name))).toEqual([]);
  });
});

describe('after a restart', () => {
  it('jobs are found again, and those that were running resume', async () => {
    const directory = await mkdtemp(join(base, 'restart-'));
    const first = openJobs(directory, 1);
    const create = () => first.create(ANONYMOUS, { kind: 'export', cluster: 'test', request: SLOWLY });
    const [one, two] = [await create(), await create()];
    await expect.poll(async () => (await first.get(ANONYMOUS, one.id)).snapshot().rows).toBeGreaterThan(500);
    await first.suspend();
    const second = openJobs(directory, 2);
    const found = await second.list(ANONYMOUS);
    expect(found.map(({ id }) => id)).toEqual([two.id, one.id]);
    expect((await second.get(ANONYMOUS, one.id)).snapshot().rows).toBeGreaterThan(500);
    const ended = async () => (await second.list(ANONYMOUS)).map(({ state, rows }) => [state, rows]);
    await expect.poll(ended, { timeout: 60_000 }).toEqual([
      ['complete', ROWS],
      ['complete', ROWS],
    ]);
  });

  it('a job of a version before kinds and owners resumes too', async () => {
    const directory = await mkdtemp(join(base, 'earlier-'));
    const first = openJobs(directory, 1);
    const { id } = await first.create(ANONYMOUS, { kind: 'export', cluster: 'test', request: SLOWLY });
    await expect.poll(async () => (await first.get(ANONYMOUS, id)).snapshot().rows).toBeGreaterThan(500);
    await first.suspend();
    const path = join(directory, id, 'job.json');
    const { kind, owner, ...earlier } = JSON.parse(await readFile(path, 'utf8'));
    expect([kind, owner]).toEqual(['export', ANONYMOUS.id]);
    await writeFile(path, JSON.stringify(earlier));
    const second = openJobs(directory, 1);
    const stand = async () => (await second.list(ANONYMOUS)).map(({ state, rows }) => [state, rows]);
    await expect.poll(stand, { timeout: 60_000 }).toEqual([['complete', ROWS]]);
  });

  it('a job whose cluster does not answer is paused, and says why', async () => {
    const directory = await mkdtemp(join(base, 'gone-'));
    const first = openJobs(directory, 1);
    const { id } = await first.create(ANONYMOUS, { kind: 'export', cluster: 'test', request: SLOWLY });
    await first.suspend();
    const path = join(directory, id, 'job.json');
    const file = await readFile(path, 'utf8');
    await writeFile(path, file.replace('"cluster": "test"', '"cluster": "gone"'));
    const second = openJobs(directory, 1);
    const state = async () => (await second.list(ANONYMOUS)).map((job) => [job.state, job.error?.code]);
    await expect.poll(state, { timeout: 60_000 }).toEqual([['paused', 'cluster_unreachable']]);
    await second.act(ANONYMOUS, id, 'resume');
    await expect.poll(state, { timeout: 60_000 }).toEqual([['failed', 'cluster_unreachable']]);
  });

  it('a job that another process runs is left to it', async () => {
    const directory = await mkdtemp(join(base, 'other-'));
    const first = openJobs(directory, 1);
    const { id } = await first.create(ANONYMOUS, { kind: 'export', cluster: 'test', request: SLOWLY });
    await first.suspend();
    // This process's parent lives as long as it does.
    await writeFile(join(directory, id, 'lock'), JSON.stringify({ pid: process.ppid, host: hostname() }));
    const second = openJobs(directory, 1);
    expect((await second.list(ANONYMOUS))[0]).toMatchObject({ state: 'paused', error: { code: 'storage_failed' } });
    for (const run of [() => second.act(ANONYMOUS, id, 'resume'), () => second.remove(ANONYMOUS, id)]) {
      expect(await failureOf(run())).toMatchObject({ message: expect.stringContaining(`process ${process.ppid}`) });
    }
  });
});

describe('what is refused', () => {
  const codeOf = async (response: Response) => errorBodySchema.parse(await response.json()).error.code;

  it.each<[string, ExportRequest, string]>([
    ['a job that would write', { statement: `TRUNCATE ${KEYSPACE}.t`, format: 'csv' }, 'read_only'],
    ['a job of an unknown table', { keyspace: KEYSPACE, table: 'nowhere', format: 'csv' }, 'not_found'],
    ['a job with a checkpoint', { keyspace: KEYSPACE, table: 't', format: 'csv', resume: 'x' }, 'invalid_request'],
  ])('%s', async (_, asked, code) => {
    const before = await readdir(base);
    expect(await codeOf(await startJob(request(asked), on({ cluster: 'test' })))).toBe(code);
    expect(await readdir(base)).toEqual(before);
  });

  it('every file that is not part of the job', async () => {
    const { id } = await start({ keyspace: KEYSPACE, table: 't', format: 'csv' });
    await untilState(id, 'complete');
    for (const name of ['../job.json', 'job.json', 'lock', 'part-00001.csv/../job.json', '..%2fjob.json', '', '.']) {
      expect(await codeOf(await downloadPart(request(), on({ id, name })))).toBe('not_found');
    }
  });

  it.each(['..', '.', randomUUID(), `${randomUUID()}/..`])('the job “%s”', async (id) => {
    expect((await deleteJob(request(), on({ id }))).status).toBe(404);
    expect((await downloadPart(request(), on({ id, name: 'manifest.json' }))).status).toBe(404);
    expect((await actOnJob(request({ action: 'cancel' }), on({ id }))).status).toBe(404);
  });
});
