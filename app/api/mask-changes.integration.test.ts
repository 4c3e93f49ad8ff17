import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { clusterConfig, failureOf, insertAll, testBed } from '@/lib/cassandra/test-support';
import { findInput } from '@/lib/http/loads';
import type { JobManager } from '@/lib/jobs/job-manager';
import { openJobs, serverJobs } from '@/lib/server-jobs';
import { checkGoesOn, checkJob, grantedTo, rightsOfAsker } from '@/lib/server-rights';

/** Jobs whose owner's masks change while they run, or between two runs. */

const DATA = mkdtempSync(join(tmpdir(), 'ringside-mask-changes-'));
const KEYSPACE = 'ringside_mask_changes_test';
const ROWS = 400;
const ZOE = { id: 'zoe', name: 'zoe', asker: { name: 'zoe', way: 'header' as const, groups: ['reports'] } };

vi.stubEnv('RINGSIDE_DATA_DIR', DATA);

/** From now on, as after a restart, these columns are masked for her. */
function maskFrom(...columns: readonly string[]): void {
  const masks = columns.length === 0 ? [] : [{ columns }];
  vi.stubEnv(
    'RINGSIDE_CLUSTERS',
    JSON.stringify({
      clusters: [clusterConfig()],
      audit: false,
      signIn: { origin: 'http://localhost', oidc: [{ issuer: 'https://127.0.0.1:1', clientId: 'x' }] },
      roles: [{ name: 'reports', subjects: [{ group: 'reports' }], as: 'admin', masks }],
    }),
  );
}

const { plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.people (id int PRIMARY KEY, email text, phone text)`]);
let isFilled = false;

beforeEach(async () => {
  maskFrom('phone');
  if (isFilled) return;
  isFilled = true;
  const rows = Array.from({ length: ROWS }, (_, at) => [at, `email-${at}`, `phone-${at}`]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.people (id, email, phone) VALUES (?, ?, ?)`, rows);
});
afterAll(async () => {
  await serverJobs().suspend();
  await closeClusters();
  rmSync(DATA, { recursive: true, force: true });
});

/** As the server has it. */
const GUARD = { check: checkGoesOn };

/** An export that is slow enough to be stopped on its way. */
async function started(jobs: JobManager) {
  const request = {
    keyspace: KEYSPACE,
    table: 'people',
    format: 'csv',
    pageRows: 20,
    limits: { maxRowsPerSecond: 200 },
  };
  const granted = grantedTo(ZOE.asker, rightsOfAsker(ZOE.asker));
  const { id } = await jobs.create(ZOE, { kind: 'export', cluster: 'test', request, granted });
  const job = await jobs.get(ZOE, id);
  await expect.poll(() => job.snapshot().rows).toBeGreaterThan(0);
  return id;
}

const stateIn = async (jobs: JobManager, id: string) => (await jobs.get(ZOE, id)).snapshot().state;

it('a job goes on after a restart while its owner may see what it has read', async () => {
  const directory = join(DATA, 'same');
  const first = openJobs(directory, 1, GUARD);
  const id = await started(first);
  await first.suspend();
  const second = openJobs(directory, 1, GUARD);
  await second.recover();
  await expect.poll(() => stateIn(second, id)).toBe('complete');
});

it('a job stops where a column that it has shown is masked by then, and its files are kept back', async () => {
  const directory = join(DATA, 'stricter');
  const first = openJobs(directory, 1, GUARD);
  const id = await started(first);
  await first.suspend();
  maskFrom('phone', 'email');
  const second = openJobs(directory, 1, GUARD);
  await second.recover();
  await expect.poll(() => stateIn(second, id)).toBe('paused');
  const job = await second.get(ZOE, id);
  const message = `email of ${KEYSPACE}.people was shown when this job was started, and is masked`;
  expect(job.snapshot().error).toMatchObject({ code: 'forbidden', message: expect.stringContaining(message) });
  // So do the person's own resume, and a download of what is there.
  const refused = await failureOf(checkJob(job.order, rightsOfAsker(ZOE.asker)));
  expect(refused).toMatchObject({ code: 'forbidden', message: expect.stringContaining(message) });
});

it('a job keeps its masks where fewer columns are masked by then: no file mixes both', async () => {
  const directory = join(DATA, 'looser');
  const first = openJobs(directory, 1, GUARD);
  const id = await started(first);
  await first.suspend();
  maskFrom();
  const second = openJobs(directory, 1, GUARD);
  await second.recover();
  await expect.poll(() => stateIn(second, id)).toBe('complete');
  const job = await second.get(ZOE, id);
  await checkJob(job.order, rightsOfAsker(ZOE.asker));
  const { parts } = job.snapshot();
  const text = parts.map(({ name }) => readFileSync(join(job.directory, name), 'utf8')).join('');
  expect(text).toContain('email-399');
  expect(text).not.toContain('phone-');
  expect(text.match(/•••/g)).toHaveLength(ROWS);
});

it('a job from before rights were kept is refused where anything is masked', async () => {
  maskFrom();
  const jobs = openJobs(join(DATA, 'old'), 1, GUARD);
  const request = { keyspace: KEYSPACE, table: 'people', format: 'csv' };
  const { id } = await jobs.create(ZOE, { kind: 'export', cluster: 'test', request });
  await expect.poll(() => stateIn(jobs, id)).toBe('complete');
  maskFrom('phone');
  const { order } = await jobs.get(ZOE, id);
  expect(await failureOf(checkJob(order, rightsOfAsker(ZOE.asker)))).toMatchObject({ code: 'forbidden' });
});

it('a load stops where a column that it writes is masked by then, whatever else is', async () => {
  const granted = grantedTo(ZOE.asker, rightsOfAsker(ZOE.asker)) ?? null;
  const loading = (...columns: readonly string[]) => {
    const bind = { mapping: columns.map((to) => ({ to })) };
    return { kind: 'load', cluster: 'test', request: { keyspace: KEYSPACE, table: 'people', bind }, granted };
  };
  await checkGoesOn(loading('id', 'email'));
  maskFrom('phone', 'email');
  const message = expect.stringContaining(`This load writes email of ${KEYSPACE}.people, which is masked`);
  expect(await failureOf(checkGoesOn(loading('id', 'email')))).toMatchObject({ code: 'forbidden', message });
  const resumed = checkJob(loading('id', 'email'), rightsOfAsker(ZOE.asker));
  expect(await failureOf(resumed)).toMatchObject({ code: 'forbidden', message });
  await checkGoesOn(loading('id'));
  await checkJob(loading('id'), rightsOfAsker(ZOE.asker));
});

it('the files of an export are not loaded elsewhere where a column that they show is masked by then', async () => {
  const request = { keyspace: KEYSPACE, table: 'people', format: 'csv' };
  const granted = grantedTo(ZOE.asker, rightsOfAsker(ZOE.asker));
  const { id } = await serverJobs().create(ZOE, { kind: 'export', cluster: 'test', request, granted });
  await expect.poll(() => stateIn(serverJobs(), id)).toBe('complete');
  const found = () => findInput({ principal: ZOE, rights: rightsOfAsker(ZOE.asker) }, 'test', { job: id });
  expect((await found()).isExport).toBe(true);
  maskFrom('phone', 'email');
  expect(await failureOf(found())).toMatchObject({ code: 'forbidden', message: expect.stringContaining('email of') });
});
