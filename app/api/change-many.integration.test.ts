import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { clusterConfig, insertAll, testBed } from '@/lib/cassandra/test-support';
import { changeManyPlanSchema, deletionCountSchema } from '@/lib/contract/change-many';
import { errorBodySchema } from '@/lib/contract/errors';
import { historyResponseSchema } from '@/lib/contract/history';
import { type Job, jobSchema, jobsResponseSchema } from '@/lib/contract/jobs';
import { POST as plan } from './clusters/[cluster]/change-many/route';
import { POST as start } from './clusters/[cluster]/change-many/start/route';
import { GET as getHistory } from './clusters/[cluster]/history/route';
import { POST as count } from './clusters/[cluster]/mutations/count/route';
import { GET as downloadPart } from './jobs/[id]/parts/[name]/route';
import { POST as act, GET as watchJob } from './jobs/[id]/route';
import { GET as listJobs } from './jobs/route';

const config = clusterConfig();
vi.stubEnv(
  'RINGSIDE_CLUSTERS',
  JSON.stringify([
    config,
    { ...config, name: 'readonly', writes: false },
    { ...config, name: 'red', colour: '#c00000' },
  ]),
);
vi.stubEnv('RINGSIDE_DATA_DIR', mkdtempSync(join(tmpdir(), 'ringside-change-many-')));

const KEYSPACE = 'ringside_many_routes';
const { plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.t (p int, c int, v int, PRIMARY KEY (p, c))`]);
afterAll(() => closeClusters());

const on = <P>(params: P) => ({ params: Promise.resolve(params) });
const post = (body: unknown) => new Request('http://localhost/', { method: 'POST', body: JSON.stringify(body) });
const get = (search = '') => new Request(`http://localhost/${search}`);
const codeOf = async (response: Response) => errorBodySchema.parse(await response.json()).error.code;
const of = { keyspace: KEYSPACE, table: 't' };
const planned = async (asked: object, cluster = 'test') =>
  changeManyPlanSchema.parse(await (await plan(post({ ...of, ...asked }), on({ cluster }))).json());
const fill = () =>
  insertAll(
    plain,
    `INSERT INTO ${KEYSPACE}.t (p, c, v) VALUES (?, ?, ?)`,
    Array.from({ length: 300 }, (_, at) => [at % 3, at, at % 2]),
  );
const values = async () => {
  const { rows } = await plain.execute(`SELECT v FROM ${KEYSPACE}.t`);
  return rows.map((row) => Number(row.get('v'))).toSorted((a, b) => a - b);
};

async function started(token: string | null, confirmName?: string): Promise<Job> {
  const response = await start(post({ token, confirmName }), on({ cluster: 'test' }));
  expect(response.status).toBe(201);
  return jobSchema.parse(await response.json());
}
/** The job when it has stopped. */
async function stopped({ id }: Job): Promise<Job> {
  const lines = (await (await watchJob(get(), on({ id }))).text()).trim().split('\n');
  return jobSchema.parse(JSON.parse(lines.at(-1) ?? ''));
}

describe('POST …/change-many', () => {
  it('counts, starts a job once by its token, and the job is listed with what it did and its files', async () => {
    await fill();
    const { token, counted, first, cost } = await planned({
      filters: [{ column: 'p', operator: '=', value: 1 }],
      set: { v: 7 },
    });
    expect([counted.rows, counted.isComplete, first.length, cost?.scope]).toEqual([100, true, 100, 'one_partition']);
    const job = await stopped(await started(token));
    expect(job).toMatchObject({
      kind: 'change',
      state: 'complete',
      rows: 100,
      title: `${KEYSPACE}.t`,
      changes: { applied: 100 },
    });
    expect(await codeOf(await start(post({ token }), on({ cluster: 'test' })))).toBe('confirmation_required');
    expect((await values()).filter((v) => v === 7)).toHaveLength(100);
    const { jobs } = jobsResponseSchema.parse(await (await listJobs(get(), on({}))).json());
    expect(jobs).toMatchObject([{ id: job.id, changes: { applied: 100 } }]);
    const journal = await (await downloadPart(get(), on({ id: job.id, name: 'journal.ndjson' }))).text();
    expect(journal.trim().split('\n')).toHaveLength(201);
    const { entries } = historyResponseSchema.parse(
      await (await getHistory(get('?writesOnly=true'), on({ cluster: 'test' }))).json(),
    );
    expect(entries).toMatchObject([
      { statement: expect.stringContaining('SET v = 7'), list: { rows: 100, done: 100 } },
    ]);

    const undo = await planned({ again: { job: job.id, take: 'undo' } });
    expect(undo.counted.rows).toBe(100);
    expect(await stopped(await started(undo.token))).toMatchObject({ changes: { applied: 100, notApplied: 0 } });
    expect((await values()).filter((v) => v === 7)).toHaveLength(0);
  });

  it('pauses and resumes like any job, and is not undone while it runs', async () => {
    await fill();
    const { token } = await planned({ set: { v: 9 }, rowsPerSecond: 100 });
    const { id } = await started(token);
    expect(await codeOf(await plan(post({ ...of, again: { job: id, take: 'undo' } }), on({ cluster: 'test' })))).toBe(
      'invalid_request',
    );
    const paused = jobSchema.parse(await (await act(post({ action: 'pause' }), on({ id }))).json());
    expect(paused.state).toBe('paused');
    const resumed = jobSchema.parse(await (await act(post({ action: 'resume' }), on({ id }))).json());
    expect(await stopped(resumed)).toMatchObject({ state: 'complete', rows: 300, changes: { applied: 300 } });
    expect(new Set(await values())).toEqual(new Set([9]));
  });

  it('asks for the table’s name where much is at stake, and refuses a cluster that is read-only', async () => {
    await fill();
    expect((await planned({ set: { v: 1 } }, 'red')).confirmName).toBe('t');
    const { token, confirmName } = await planned({ filters: [{ column: 'p', operator: '=', value: 2 }], delete: true });
    expect(confirmName).toBe('t');
    expect(await codeOf(await start(post({ token, confirmName: 'T' }), on({ cluster: 'test' })))).toBe(
      'confirmation_required',
    );
    expect(await codeOf(await start(post({ token, confirmName: 't' }), on({ cluster: 'red' })))).toBe(
      'confirmation_required',
    );
    expect(await stopped(await started(token, 't'))).toMatchObject({ changes: { applied: 100 } });
    expect(await values()).toHaveLength(200);
    for (const asked of [{ set: { v: 1 } }, { delete: true }]) {
      expect(await codeOf(await plan(post({ ...of, ...asked }), on({ cluster: 'readonly' })))).toBe('read_only');
    }
    for (const asked of [{}, { set: { v: 1 }, delete: true }, { set: { v: 1 }, options: { batch: 'logged' } }]) {
      expect(await codeOf(await plan(post({ ...of, ...asked }), on({ cluster: 'test' })))).toBe('invalid_request');
    }
  });
});

it('POST …/mutations/count counts what a deletion would cover', async () => {
  await fill();
  const change = {
    kind: 'delete_range',
    key: { p: 0 },
    from: { value: 30, inclusive: true },
    to: { value: 60, inclusive: false },
  };
  const counted = deletionCountSchema.parse(
    await (await count(post({ ...of, change }), on({ cluster: 'test' }))).json(),
  );
  expect(counted).toMatchObject({ rows: 10, isComplete: true, statics: null });
  expect(counted.statement).toContain('p = 0 AND c >= 30 AND c < 60');
  const update = { kind: 'delete', key: { p: 0, c: 0 } };
  expect(await codeOf(await count(post({ ...of, change: update }), on({ cluster: 'test' })))).toBe('invalid_request');
});
