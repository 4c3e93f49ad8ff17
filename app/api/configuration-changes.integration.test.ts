import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeClusters, getCluster } from '@/lib/cassandra/client/registry';
import { clusterConfig, failureOf, insertAll, testBed } from '@/lib/cassandra/test-support';
import { editOf } from '@/lib/cluster/cluster-edit';
import { serverConfiguration } from '@/lib/clusters/server-configuration';
import type { ClusterConfigInput } from '@/lib/contract/configuration';
import { type ClusterEdit, editPlanSchema } from '@/lib/contract/configured';
import { connectTestResponseSchema } from '@/lib/contract/connect';
import { errorBodySchema } from '@/lib/contract/errors';
import { type Job, jobSchema } from '@/lib/contract/jobs';
import { ANONYMOUS } from '@/lib/contract/principal';
import { serverJobs } from '@/lib/server-jobs';
import { bundleConnectTest } from '@/scripts/support/connect-test.mjs';
import { POST as exportTable } from './clusters/[cluster]/export/route';
import { POST as startJob } from './clusters/[cluster]/jobs/route';
import { POST as query } from './clusters/[cluster]/query/route';
import { POST as planEdit } from './configuration/plan/route';
import { POST as saveEdit } from './configuration/save/route';
import { POST as testEdit } from './configuration/test/route';

const base = await mkdtemp(join(tmpdir(), 'ringside-configuration-'));
const path = join(base, 'ringside.config.json');
const clusterOf = (name: string, more: Partial<ClusterConfigInput> = {}) => ({ ...clusterConfig({ name }), ...more });
const write = async (...clusters: object[]) => {
  await writeFile(path, JSON.stringify({ clusters }));
  await serverConfiguration().look();
};
await writeFile(path, JSON.stringify({ clusters: [clusterOf('one')] }));
vi.stubEnv('RINGSIDE_CONFIG', path);
vi.stubEnv('RINGSIDE_DATA_DIR', base);
vi.spyOn(console, 'log').mockImplementation(() => undefined);

const KEYSPACE = 'ringside_configuration_test';
const ROWS = 3_000;
const { plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.t (k int PRIMARY KEY, name text)`]);

beforeAll(async () => {
  await bundleConnectTest();
  serverConfiguration();
  const rows = Array.from({ length: ROWS }, (_, at) => [at, `name ${at}`]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.t (k, name) VALUES (?, ?)`, rows);
});
afterAll(async () => {
  await closeClusters();
  await rm(base, { recursive: true });
});

const post = (body: unknown) => new Request('http://localhost/', { method: 'POST', body: JSON.stringify(body) });
const noNames = { params: Promise.resolve({}) };
const on = (cluster: string) => ({ params: Promise.resolve({ cluster }) });
async function ask(cluster: string): Promise<number> {
  const response = await query(post({ statement: 'SELECT key FROM system.local' }), on(cluster));
  await response.text();
  return response.status;
}
const WHOLE = { keyspace: KEYSPACE, table: 't', format: 'csv', pageRows: 50 };

/** An export of which the first bytes have come. */
async function beginExport(cluster: string) {
  const response = await exportTable(post(WHOLE), on(cluster));
  const reader = response.body?.getReader();
  const text = [String(new TextDecoder().decode((await reader?.read())?.value))];
  const rest = async () => {
    for (let step = await reader?.read(); step?.value !== undefined; step = await reader?.read()) {
      text.push(new TextDecoder().decode(step.value));
    }
    return text.join('').trim().split('\n').length - 1;
  };
  return { rest };
}

/** A job that has ten seconds of work, so that it still runs when a busy machine comes to change the configuration. */
async function runningJob(cluster: string): Promise<Job> {
  const response = await startJob(post({ ...WHOLE, limits: { maxRowsPerSecond: ROWS / 10 } }), on(cluster));
  const { id } = jobSchema.parse(await response.json());
  const job = await serverJobs().get(ANONYMOUS, id);
  await expect.poll(() => job.snapshot().rows, { timeout: 20_000 }).toBeGreaterThan(0);
  return job.snapshot();
}

describe('a new configuration', () => {
  it('adds a cluster while a stream of another runs to its end', async () => {
    const one = getCluster('one');
    const { rest } = await beginExport('one');
    expect(await ask('two')).toBe(404);
    await write(clusterOf('one'), clusterOf('two'));
    expect(await ask('two')).toBe(200);
    expect(await rest()).toBe(ROWS);
    expect(getCluster('one')).toBe(one);
  });

  it('changes how a cluster is shown without new connections', async () => {
    const before = await getCluster('one').client();
    await write(clusterOf('one', { label: 'Other', pageRows: 77 }), clusterOf('two'));
    expect(getCluster('one').summary()).toMatchObject({ label: 'Other', pageRows: 77 });
    expect(await getCluster('one').client()).toBe(before);
  });

  it('lets streams of a cluster that is removed or reached differently run to their end, then closes its connections', async () => {
    const [one, two] = [getCluster('one'), getCluster('two')];
    const clients = [await one.client(), await two.client()];
    const streams = [await beginExport('one'), await beginExport('two')];
    await write(clusterOf('one', { maxFrameMb: 64 }));
    expect([await ask('one'), await ask('two')]).toEqual([200, 404]);
    expect(await getCluster('one').client()).not.toBe(clients[0]);
    expect(await Promise.all(streams.map(({ rest }) => rest()))).toEqual([ROWS, ROWS]);
    for (const old of [one, two]) {
      await expect.poll(async () => (await failureOf(old.client())).code).toBe('cluster_changed');
    }
    for (const client of clients) {
      await expect.poll(() => client.execute('SELECT key FROM system.local').then(String, String)).toMatch(/shutdown/i);
    }
  });

  it('pauses jobs of a cluster that is gone, with the reason; they can go on when it is back', async () => {
    await write(clusterOf('one'), clusterOf('two'));
    const [lost, other] = [await runningJob('two'), await runningJob('one')];
    await write(clusterOf('one'));
    const job = await serverJobs().get(ANONYMOUS, lost.id);
    expect(job.snapshot()).toMatchObject({ state: 'paused', error: { code: 'cluster_changed' } });
    expect((await serverJobs().get(ANONYMOUS, other.id)).state).toBe('running');
    await serverJobs().remove(ANONYMOUS, other.id);
    await write(clusterOf('one'), clusterOf('two'));
    await serverJobs().act(ANONYMOUS, lost.id, 'resume');
    await expect.poll(() => job.state, { timeout: 30_000 }).toBe('complete');
    expect(job.snapshot()).toMatchObject({ rows: ROWS, error: null });
  });

  it('that is not valid is named, and everything stays as it was', async () => {
    const one = getCluster('one');
    await write(clusterOf('one'), { name: 'two', contactPoints: [] });
    expect(serverConfiguration().invalid?.message).toContain('clusters[1].contactPoints: name at least one node');
    expect(getCluster('one')).toBe(one);
    expect([await ask('one'), await ask('two')]).toEqual([200, 200]);
  });
});

describe('a cluster that is edited on the page', () => {
  const editing = (more: Partial<ClusterEdit> = {}): ClusterEdit => ({
    ...editOf(clusterConfig({ name: 'three', writes: false })),
    isNew: true,
    ...more,
  });
  const plan = async (cluster: ClusterEdit) => {
    const response = await planEdit(post({ cluster }), noNames);
    return editPlanSchema.parse(await response.json());
  };
  const save = (cluster: ClusterEdit, revision: string) => saveEdit(post({ cluster, revision }), noNames);

  beforeAll(() => write(clusterOf('one')));

  it('is tested, written and there at once; disabled, it is gone again', async () => {
    const cluster = editing();
    const tested = connectTestResponseSchema.parse(await (await testEdit(post({ cluster }), noNames)).json());
    expect(tested).toMatchObject({ ok: true });
    const { revision, after, changes } = await plan(cluster);
    expect(changes).toEqual([{ name: 'three', what: 'added', isNowReadOnly: false }]);
    expect((await save(cluster, revision)).status).toBe(200);
    expect(await readFile(path, 'utf8')).toContain(after);
    expect(await ask('three')).toBe(200);
    const disabled = editing({ isNew: false, disabled: true });
    await save(disabled, (await plan(disabled)).revision);
    expect([await ask('three'), await ask('one')]).toEqual([404, 200]);
  });

  it('that changed meanwhile, or would be invalid, is refused and nothing is written', async () => {
    const text = await readFile(path, 'utf8');
    expect((await save(editing({ isNew: false }), 'another')).status).toBe(409);
    const invalid = await planEdit(post({ cluster: editing({ isNew: false, contactPoints: [] }) }), noNames);
    expect([invalid.status, await invalid.text()]).toEqual([400, expect.stringContaining('contactPoints')]);
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('does not reach a link-local address', async () => {
    const cluster = editing({ name: 'metadata', contactPoints: ['169.254.169.254'] });
    const tested = connectTestResponseSchema.parse(await (await testEdit(post({ cluster }), noNames)).json());
    expect(tested).toMatchObject({
      ok: false,
      steps: [{ step: 'dns', message: expect.stringContaining('link-local') }],
    });
    await save(cluster, (await plan(cluster)).revision);
    const response = await query(post({ statement: 'SELECT key FROM system.local' }), on('metadata'));
    expect(errorBodySchema.parse(await response.json()).error).toMatchObject({ code: 'address_refused' });
  });
});
