import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { toFailure } from '@/lib/cassandra/client/errors';
import { currentWork } from '@/lib/cassandra/read/limited-work';
import type { Asker } from '@/lib/contract/asker';
import { type Job, type JobState, jobSchema } from '@/lib/contract/jobs';
import { ANONYMOUS, type Principal } from '@/lib/contract/principal';
import { Failure } from '@/lib/failure';
import { NO_LIMITS, type WorkLimits } from '@/lib/rights/limits';
import type { JobGuard, JobOrder } from './job-guard';
import { checkedKind } from './job-kind';
import { type JobFollower, JobManager } from './job-manager';
import { numbersIn, TestKind } from './test-kind';
import { readManifest } from './work-directory';
import { manifestSchema } from './work-state';

const base = await mkdtemp(join(tmpdir(), 'ringside-jobs-'));
afterAll(() => rm(base, { recursive: true }));

/** A directory of jobs, and their kind. */
async function jobs({ atOnce = 1, kind = new TestKind(), guard = undefined as JobGuard | undefined } = {}) {
  const directory = await mkdtemp(join(base, 'jobs-'));
  const open = (kinds = [kind], running = atOnce) => new JobManager(directory, kinds.map(checkedKind), running, guard);
  return { directory, kind, open, manager: open() };
}

const order = (upTo: number) => ({ kind: 'count', cluster: 'demo', request: { upTo } });
const count = (manager: JobManager, upTo = 5, who = ANONYMOUS) => manager.create(who, order(upTo));

const failureOf = (run: Promise<unknown>) =>
  run.then(
    () => null,
    (error: unknown) => toFailure(error).error,
  );

const until = (manager: JobManager, id: string, ...states: JobState[]): Promise<Job> =>
  untilFor(ANONYMOUS, manager, id, ...states);

async function untilFor(who: Principal, manager: JobManager, id: string, ...states: JobState[]): Promise<Job> {
  await expect.poll(async () => (await manager.get(who, id)).state).toSatisfy((now) => states.includes(now));
  return (await manager.get(who, id)).snapshot();
}

/** Lets the kind count up to a number and no further until its run is stopped; resolves when it is there. */
function holdAt(kind: TestKind, number: number): Promise<void> {
  return new Promise((resolve) => {
    kind.before = async (at, { signal }) => {
      if (at < number) return;
      resolve();
      // Another job may have got there first, and this one been stopped on its way.
      if (!signal.aborted) await new Promise((end) => signal.addEventListener('abort', end, { once: true }));
    };
  });
}
const letGo = (kind: TestKind) => {
  kind.before = async () => undefined;
};

const fileOf = async ({ directory, id }: Pick<Job, 'directory' | 'id'>) =>
  readFile(directory.endsWith(id) ? join(directory, 'job.json') : join(directory, id, 'job.json'), 'utf8');

describe('a job of any kind', () => {
  it('runs to the end, and its manifest proves what was done', async () => {
    const { manager } = await jobs();
    const { id, directory } = await count(manager);
    const job = jobSchema.parse(await until(manager, id, 'complete'));
    expect(job).toMatchObject({ kind: 'count', cluster: 'demo', title: 'to 5', rows: 5, bytes: 10, error: null });
    expect(job.parts).toMatchObject([{ name: 'part-00001.txt', rows: 5, sha256: expect.any(String) }]);
    expect(manager.counts()).toEqual([{ kind: 'count', state: 'complete', jobs: 1 }]);
    expect(await numbersIn(directory)).toEqual([1, 2, 3, 4, 5]);
    expect(await readManifest(directory, manifestSchema)).toMatchObject({ isComplete: true, rows: 5, bytes: 10 });
    // Its last state may still be on its way to the disk.
    await expect
      .poll(async () => (await readdir(directory)).toSorted())
      .toEqual(['job.json', 'manifest.json', 'part-00001.txt']);
  });

  it('tells its steps, and does not begin where that is refused', async () => {
    const { manager, kind } = await jobs();
    const steps: string[] = [];
    const before = vi.fn(async (step: string) => void steps.push(`before ${step}`));
    manager.followedBy({ before, after: (step, { owner }) => void steps.push(`${step} of ${owner}`) });
    const isHeld = holdAt(kind, 3);
    const { id } = await count(manager);
    await isHeld;
    await manager.act(ANONYMOUS, id, 'pause');
    letGo(kind);
    await manager.act(ANONYMOUS, id, 'resume');
    await until(manager, id, 'complete');
    await manager.remove(ANONYMOUS, id);
    expect(steps).toEqual([
      ...['before created', 'started of anonymous', 'paused of anonymous', 'before resumed', 'started of anonymous'],
      ...['complete of anonymous', 'removed of anonymous'],
    ]);
    before.mockRejectedValueOnce(new Failure({ code: 'audit_unavailable', message: '', retryable: true }));
    expect(await failureOf(count(manager))).toMatchObject({ code: 'audit_unavailable' });
    expect(await manager.list(ANONYMOUS)).toEqual([]);
  });

  it('tells the name of its owner, also after a restart', async () => {
    const { manager, open, directory } = await jobs();
    const anna = { id: 'person-1', name: 'anna' };
    const steps: string[] = [];
    const before = async () => undefined;
    const after: JobFollower['after'] = (step, { ownerName }) => void steps.push(`${step}: ${ownerName}`);
    manager.followedBy({ before, after });
    const { id } = await count(manager, 1, anna);
    await expect.poll(async () => JSON.parse(await fileOf({ directory, id })).state).toBe('complete');
    const next = open();
    next.followedBy({ before, after });
    await next.remove(anna, id);
    expect(steps).toEqual(['started: anna', 'complete: anna', 'removed: anna']);
  });

  it('is paused and resumed, and does nothing twice', async () => {
    const { manager, kind } = await jobs();
    const isHeld = holdAt(kind, 3);
    const { id, directory } = await count(manager);
    await isHeld;
    expect(await manager.act(ANONYMOUS, id, 'pause')).toMatchObject({ state: 'paused', rows: 2, endedAt: null });
    expect(JSON.parse(await fileOf({ id, directory }))).toMatchObject({ state: 'paused', request: { upTo: 5 } });
    letGo(kind);
    expect((await manager.act(ANONYMOUS, id, 'resume')).state).toMatch(/waiting|running/);
    expect(await until(manager, id, 'complete')).toMatchObject({ rows: 5 });
    expect(await numbersIn(directory)).toEqual([1, 2, 3, 4, 5]);
  });

  it('takes another rate while it runs and keeps it for the next run, until it is over', async () => {
    const { manager, kind } = await jobs();
    kind.maxRowsPerSecond = 50;
    const seen: unknown[] = [];
    let id = '';
    kind.before = async (number, run) => {
      if (number === 2) await manager.setRate(ANONYMOUS, id, null);
      if (number === 4) await manager.setRate(ANONYMOUS, id, 7);
      seen.push(run.maxRowsPerSecond());
    };
    const job = await count(manager);
    ({ id } = job);
    expect(job).toMatchObject({ maxRowsPerSecond: 50 });
    await until(manager, id, 'complete');
    expect(seen).toEqual([50, null, null, 7, 7]);
    await expect.poll(async () => JSON.parse(await fileOf(job))).toMatchObject({ maxRowsPerSecond: 7 });
    expect(await failureOf(manager.setRate(ANONYMOUS, id, 9))).toMatchObject({ code: 'invalid_request' });
    kind.maxRowsPerSecond = undefined;
    const isHeld = holdAt(kind, 3);
    const other = await count(manager);
    await isHeld;
    expect(await failureOf(manager.setRate(ANONYMOUS, other.id, 9))).toMatchObject({ code: 'invalid_request' });
    letGo(kind);
  });

  it('is watched until it stops or the watcher leaves', async () => {
    const { manager, kind } = await jobs();
    const isHeld = holdAt(kind, 3);
    const { id } = await count(manager);
    await isHeld;
    const job = await manager.get(ANONYMOUS, id);
    const seen: string[] = [];
    const leave = new AbortController();
    for await (const { state } of job.watch(leave.signal)) {
      seen.push(state);
      leave.abort();
    }
    for await (const { state, rows } of job.watch(new AbortController().signal)) {
      seen.push(`${state} ${rows}`);
      if (state === 'running') await manager.act(ANONYMOUS, id, 'pause');
    }
    expect(seen).toEqual(['running', 'running 2', 'paused 2']);
  });

  it('cannot continue once cancelled, and keeps its files until deleted', async () => {
    const { manager, kind } = await jobs();
    const isHeld = holdAt(kind, 3);
    const { id, directory } = await count(manager);
    await isHeld;
    expect(await manager.act(ANONYMOUS, id, 'cancel')).toMatchObject({
      state: 'cancelled',
      endedAt: expect.any(String),
    });
    for (const action of ['resume', 'pause', 'cancel'] as const) {
      expect(await failureOf(manager.act(ANONYMOUS, id, action))).toMatchObject({ code: 'invalid_request' });
    }
    expect(await numbersIn(directory)).toEqual([1, 2]);
    await manager.remove(ANONYMOUS, id);
    await expect(stat(directory)).rejects.toThrow('ENOENT');
    expect(await failureOf(manager.get(ANONYMOUS, id))).toMatchObject({ code: 'not_found' });
  });

  it('is stopped first when deleted while running', async () => {
    const { manager, kind } = await jobs();
    const isHeld = holdAt(kind, 3);
    const { id, directory } = await count(manager);
    await isHeld;
    await manager.remove(ANONYMOUS, id);
    await expect(stat(directory)).rejects.toThrow('ENOENT');
    expect(await manager.list(ANONYMOUS)).toEqual([]);
  });

  it('that fails says why, and can be resumed', async () => {
    const { manager, kind } = await jobs();
    kind.before = async (at) => {
      if (at === 4) throw new Failure({ code: 'disk_full', message: 'Full.', retryable: true });
    };
    const { id, directory } = await count(manager);
    expect(await until(manager, id, 'failed')).toMatchObject({ rows: 3, error: { code: 'disk_full' } });
    letGo(kind);
    await manager.act(ANONYMOUS, id, 'resume');
    expect(await until(manager, id, 'complete')).toMatchObject({ error: null });
    expect(await numbersIn(directory)).toEqual([1, 2, 3, 4, 5]);
  });

  it('that ends with a bug in Ringside gives the details only to the console', async () => {
    const { manager, kind } = await jobs();
    const fault = new TypeError('a fault');
    kind.before = () => Promise.reject(fault);
    const told = vi.spyOn(console, 'error').mockReturnValue();
    const { id } = await count(manager);
    expect(await until(manager, id, 'failed')).toMatchObject({ error: { code: 'internal_error' } });
    expect(told).toHaveBeenCalledWith(fault);
    told.mockRestore();
  });

  it.each([
    ['its kind refuses', order(-1), 'invalid_request'],
    ['no kind has the name of', { ...order(1), kind: 'guess' }, 'invalid_request'],
    ['its kind cannot read', { ...order(1), request: { upTo: 'ten' } }, 'storage_failed'],
  ])('that %s leaves nothing', async (_, asked, code) => {
    const { manager, directory } = await jobs();
    expect(await failureOf(manager.create(ANONYMOUS, asked))).toMatchObject({ code });
    expect(await readdir(directory)).toEqual([]);
  });
});

describe('several jobs', () => {
  it('run at most as many at a time as allowed; the others wait their turn', async () => {
    const { manager, kind } = await jobs({ atOnce: 2 });
    const isHeld = holdAt(kind, 2);
    const ids = [await count(manager), await count(manager), await count(manager)].map(({ id }) => id);
    await isHeld;
    const states = async () => Promise.all(ids.map(async (id) => (await manager.get(ANONYMOUS, id)).state));
    expect(await states()).toEqual(['running', 'running', 'waiting']);
    await manager.act(ANONYMOUS, ids[0] ?? '', 'pause');
    expect(await states()).toEqual(['paused', 'running', 'running']);
    await manager.act(ANONYMOUS, ids[0] ?? '', 'resume');
    expect(await states()).toEqual(['waiting', 'running', 'running']);
    letGo(kind);
    await manager.act(ANONYMOUS, ids[1] ?? '', 'cancel');
    await until(manager, ids[0] ?? '', 'complete');
  });

  it('can be seen and changed only by their owners', async () => {
    const { manager, open, kind } = await jobs();
    const ranFor = new Set<string>();
    kind.before = async (_number, { owner }) => void ranFor.add(owner.id);
    const [ann, bob] = [{ id: 'ann' }, { id: 'bob' }];
    const own = [await count(manager, 1, ann), await count(manager, 2, bob)];
    const ids = async (who: typeof ann, by = manager) => (await by.list(who)).map(({ id }) => id);
    expect([await ids(ann), await ids(bob), await ids(ANONYMOUS)]).toEqual([[own[0]?.id], [own[1]?.id], []]);
    const id = own[0]?.id ?? '';
    for (const run of [
      () => manager.get(bob, id),
      () => manager.act(bob, id, 'pause'),
      () => manager.remove(bob, id),
    ]) {
      expect(await failureOf(run())).toMatchObject({ code: 'not_found' });
    }
    expect(JSON.stringify(await manager.list(ann))).not.toContain('"ann"');
    await expect.poll(async () => (await manager.list(bob))[0]?.state).toBe('complete');
    expect(ranFor).toEqual(new Set(['ann', 'bob']));
    expect(await ids(bob, open())).toEqual([own[1]?.id]);
  });
});

describe('a job of somebody whose rights change', () => {
  const asker: Asker = { name: 'anna', way: 'local', groups: ['editors'] };
  const anna: Principal = { id: 'anna', name: 'anna', asker };
  const granted = (rows: number) => ({ ...order(rows), granted: { asker, rights: { rules: [] } } });
  /** Allows what it has not been told to refuse. */
  class TestGuard implements JobGuard {
    refuses = false;
    failsWith: Failure | null = null;
    readonly asked: (Asker | undefined)[] = [];
    limits = NO_LIMITS;

    async check(one: JobOrder): Promise<WorkLimits> {
      this.asked.push(one.granted?.asker);
      if (this.failsWith !== null) throw this.failsWith;
      if (this.refuses) throw new Failure({ code: 'forbidden', message: 'It needs read.', retryable: false });
      return this.limits;
    }
  }

  it('is not begun without them, is paused and says what is missing, and can be resumed with them', async () => {
    const guard = new TestGuard();
    const { manager } = await jobs({ guard });
    guard.refuses = true;
    const { id } = await manager.create(anna, granted(3));
    const paused = await untilFor(anna, manager, id, 'paused');
    expect(paused).toMatchObject({ rows: 0, error: { code: 'forbidden', message: 'It needs read.' } });
    guard.refuses = false;
    const later: Principal = { ...anna, asker: { name: 'anna', way: 'local', groups: ['dba'] } };
    await manager.act(later, id, 'resume');
    expect(await untilFor(anna, manager, id, 'complete')).toMatchObject({ rows: 3, error: null });
    expect(guard.asked.map((asker) => asker?.groups)).toEqual([['editors'], ['dba']]);
  });

  it('is stopped at a checkpoint by the next look at rights', async () => {
    const guard = new TestGuard();
    const { manager, kind } = await jobs({ guard });
    const isHeld = holdAt(kind, 3);
    const { id } = await manager.create(anna, granted(5));
    await isHeld;
    await manager.stopWithdrawn();
    expect((await manager.get(anna, id)).state).toBe('running');
    guard.failsWith = new Failure({ code: 'cluster_unreachable', message: 'No node.', retryable: true });
    await manager.stopWithdrawn();
    expect((await manager.get(anna, id)).state).toBe('running');
    guard.failsWith = null;
    guard.refuses = true;
    await manager.stopWithdrawn();
    expect((await manager.get(anna, id)).snapshot()).toMatchObject({
      state: 'paused',
      rows: 2,
      error: { code: 'forbidden' },
    });
    guard.refuses = false;
    letGo(kind);
    await manager.act(anna, id, 'resume');
    expect(await untilFor(anna, manager, id, 'complete')).toMatchObject({ rows: 5 });
  });

  it('is ended where it cannot be paused', async () => {
    const guard = new TestGuard();
    const kind = Object.assign(new TestKind(), { isPausable: false });
    const { manager } = await jobs({ guard, kind });
    const isHeld = holdAt(kind, 2);
    const { id } = await manager.create(anna, granted(5));
    await isHeld;
    guard.refuses = true;
    await manager.stopWithdrawn();
    expect((await manager.get(anna, id)).snapshot()).toMatchObject({
      state: 'cancelled',
      error: { code: 'forbidden' },
    });
  });

  it('is checked before it goes on after a restart', async () => {
    const guard = new TestGuard();
    const { manager, kind, open } = await jobs({ guard });
    const isHeld = holdAt(kind, 3);
    const { id } = await manager.create(anna, granted(5));
    await isHeld;
    await manager.suspend();
    letGo(kind);
    guard.refuses = true;
    const next = open();
    await next.recover();
    expect(await untilFor(anna, next, id, 'paused')).toMatchObject({ rows: 2, error: { code: 'forbidden' } });
  });

  it('runs within the limits that they have', async () => {
    const guard = new TestGuard();
    guard.limits = { reading: new Map([['demo', { rows: { most: 7, role: 'reports' } }]]), writing: new Map() };
    const { manager, kind } = await jobs({ guard });
    const limits = new Set<unknown>();
    kind.before = async () => void limits.add(currentWork()?.reading('demo').rows);
    const { id } = await manager.create(anna, granted(2));
    await untilFor(anna, manager, id, 'complete');
    expect([...limits]).toEqual([{ most: 7, role: 'reports' }]);
  });

  it('needs no rights where nobody signs in', async () => {
    const guard = new TestGuard();
    guard.refuses = true;
    const { manager } = await jobs({ guard });
    const { id } = await manager.create(ANONYMOUS, order(2));
    await untilFor(ANONYMOUS, manager, id, 'complete');
    expect(guard.asked).toEqual([]);
  });
});

describe('when the configuration of a cluster changes', () => {
  const why = { code: 'cluster_changed', message: 'It changed.', retryable: true } as const;

  it('jobs that run there are paused at a checkpoint and say why; those that wait go on', async () => {
    const { manager, kind } = await jobs();
    const isHeld = holdAt(kind, 3);
    const [running, waiting] = [await count(manager), await count(manager)];
    await isHeld;
    letGo(kind);
    await manager.pauseFor(new Set(['demo']), 'running', why);
    expect(await until(manager, running.id, 'paused')).toMatchObject({ rows: 2, error: why });
    expect(await until(manager, waiting.id, 'complete')).toMatchObject({ rows: 5, error: null });
    await manager.act(ANONYMOUS, running.id, 'resume');
    expect(await until(manager, running.id, 'complete')).toMatchObject({ rows: 5, error: null });
  });

  it('jobs of some kinds are paused alike, but for what cannot be', async () => {
    const audit = { code: 'audit_unavailable', message: 'No audit.', retryable: true } as const;
    for (const [isPausable, state] of [
      [true, 'paused'],
      [false, 'running'],
    ] as const) {
      const kind = Object.assign(new TestKind(), { isPausable });
      const { manager } = await jobs({ kind });
      const isHeld = holdAt(kind, 3);
      const { id } = await count(manager);
      await isHeld;
      await manager.pauseKinds((name) => name !== kind.name, audit);
      expect((await manager.get(ANONYMOUS, id)).state).toBe('running');
      await manager.pauseKinds((name) => name === kind.name, audit);
      expect((await manager.get(ANONYMOUS, id)).state).toBe(state);
      letGo(kind);
    }
  });

  it('jobs without what somebody can put right are paused, not failed', async () => {
    const { manager, kind } = await jobs();
    for (const code of ['sign_in_needed', 'audit_unavailable'] as const) {
      kind.before = async () => {
        throw new Failure({ code, message: 'Not now.', retryable: true });
      };
      const { id } = await count(manager);
      expect(await until(manager, id, 'paused')).toMatchObject({ error: { code } });
    }
  });

  it('jobs of a cluster that is gone do not begin', async () => {
    const { manager, kind } = await jobs();
    const isHeld = holdAt(kind, 3);
    const [running, waiting] = [await count(manager), await count(manager)];
    await isHeld;
    await manager.pauseFor(new Set(['demo']), 'all', why);
    for (const { id } of [running, waiting]) expect(await until(manager, id, 'paused')).toMatchObject({ error: why });
  });

  it('jobs elsewhere go on, unless they need it too', async () => {
    const kind = new TestKind();
    const { manager } = await jobs({ kind });
    const isHeld = holdAt(kind, 3);
    const { id } = await count(manager);
    await isHeld;
    await manager.pauseFor(new Set(['other']), 'all', why);
    expect((await manager.get(ANONYMOUS, id)).state).toBe('running');
    kind.alsoNeeds = 'other';
    await manager.pauseFor(new Set(['other']), 'all', why);
    expect((await manager.get(ANONYMOUS, id)).state).toBe('paused');
  });
});

describe('after a restart', () => {
  it('running jobs resume, waiting ones get their turn, and stopped ones stay stopped', async () => {
    const { manager, kind, open } = await jobs();
    const isHeld = holdAt(kind, 4);
    const [ran, waited, stood] = [await count(manager), await count(manager), await count(manager)];
    await isHeld;
    await manager.act(ANONYMOUS, stood.id, 'pause');
    await manager.suspend();
    expect(JSON.parse(await fileOf(ran))).toMatchObject({ state: 'waiting' });
    letGo(kind);
    const next = open();
    for (const { id, directory } of [ran, waited]) {
      expect(await until(next, id, 'complete')).toMatchObject({ rows: 5 });
      expect(await numbersIn(directory)).toEqual([1, 2, 3, 4, 5]);
    }
    expect((await next.get(ANONYMOUS, stood.id)).state).toBe('paused');
  });

  it('a killed job resumes after its checkpoint', async () => {
    const { manager, kind, open } = await jobs();
    const isHeld = holdAt(kind, 4);
    const { id, directory } = await count(manager);
    await isHeld;
    const atTheKill = (await fileOf({ id, directory })).replace('"waiting"', '"running"');
    await manager.act(ANONYMOUS, id, 'pause');
    await writeFile(join(directory, 'job.json'), atTheKill);
    await appendFile(join(directory, 'part-00001.txt'), '4\n5');
    letGo(kind);
    const next = open();
    await until(next, id, 'complete');
    expect(await numbersIn(directory)).toEqual([1, 2, 3, 4, 5]);
  });

  it('a job whose cluster does not answer is paused, and fails when a person resumes it', async () => {
    const { manager, kind, open } = await jobs();
    const isHeld = holdAt(kind, 2);
    const { id } = await count(manager);
    await isHeld;
    await manager.suspend();
    kind.before = async () => {
      throw new Failure({ code: 'cluster_unreachable', message: 'Nobody answers.', retryable: true });
    };
    const next = open();
    expect(await until(next, id, 'paused')).toMatchObject({ error: { code: 'cluster_unreachable' }, rows: 1 });
    await next.act(ANONYMOUS, id, 'resume');
    expect(await until(next, id, 'failed')).toMatchObject({ error: { code: 'cluster_unreachable' } });
  });

  it('a job that another process runs is left to it', async () => {
    const { manager, kind, open } = await jobs();
    const isHeld = holdAt(kind, 2);
    const { id, directory } = await count(manager);
    await isHeld;
    await manager.suspend();
    const before = await fileOf({ id, directory });
    // This process's parent lives as long as it does.
    await writeFile(join(directory, 'lock'), JSON.stringify({ pid: process.ppid, host: hostname() }));
    const next = open();
    expect((await next.list(ANONYMOUS))[0]).toMatchObject({ state: 'paused', error: { code: 'storage_failed' } });
    for (const run of [() => next.act(ANONYMOUS, id, 'resume'), () => next.remove(ANONYMOUS, id)]) {
      expect(await failureOf(run())).toMatchObject({ message: expect.stringContaining(`process ${process.ppid}`) });
    }
    expect(await fileOf({ id, directory })).toBe(before);
  });

  it('two servers with the same directory do not run a job twice', async () => {
    const { manager, kind, open } = await jobs();
    const isHeld = holdAt(kind, 3);
    const { id, directory } = await count(manager);
    await isHeld;
    const other = open();
    expect(await until(other, id, 'failed')).toMatchObject({ error: { code: 'storage_failed', retryable: true } });
    letGo(kind);
    await manager.act(ANONYMOUS, id, 'pause');
    await manager.act(ANONYMOUS, id, 'resume');
    await until(manager, id, 'complete');
    expect(await numbersIn(directory)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('a kind that this version does not know', () => {
  it.each(['running', 'waiting'] as const)('is shown when %s, not run, and not lost', async (state) => {
    const { directory, open, kind } = await jobs();
    const id = '3f0b8f0e-8a4e-4ba8-9a3c-2f8f5a3f1c11';
    await mkdir(join(directory, id));
    const path = join(directory, id, 'job.json');
    const file = {
      version: 1,
      id,
      kind: 'rewrite',
      owner: 'anonymous',
      cluster: 'demo',
      title: 'all of it',
      statement: 's',
      consistency: 'ONE',
      format: 'clay',
      request: { upTo: 3, by: 'hand' },
      engine: { cores: 4 },
      state,
      createdAt: '2026-11-28T10:00:00.000Z',
      startedAt: null,
      endedAt: null,
      elapsedMs: 1,
      error: null,
    };
    await writeFile(path, JSON.stringify(file));
    const old = open();
    const [job] = await old.list(ANONYMOUS);
    expect(jobSchema.parse(job)).toMatchObject({ kind: 'rewrite', title: 'all of it', state: 'paused' });
    expect(job?.error?.message).toContain('“rewrite”');
    expect(old.counts()).toEqual([{ kind: 'unknown', state: 'paused', jobs: 1 }]);
    for (const action of ['pause', 'resume', 'cancel'] as const) {
      expect(await failureOf(old.act(ANONYMOUS, id, action))).toMatchObject({ code: 'storage_failed' });
    }
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(file);

    const later = open([kind, new TestKind('rewrite')]);
    await until(later, id, 'complete');
    expect(await numbersIn(join(directory, id))).toEqual([1, 2, 3]);
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ format: 'clay', engine: { cores: 4 } });
  });

  it('can be deleted by its owner', async () => {
    const { manager, directory, open } = await jobs();
    const { id } = await count(manager, 1);
    await expect.poll(() => fileOf({ directory, id })).toContain('"state": "complete"');
    const old = open([]);
    expect(await old.list(ANONYMOUS)).toMatchObject([{ id, state: 'complete', rows: 1, error: null }]);
    await old.remove(ANONYMOUS, id);
    expect(await readdir(directory)).toEqual([]);
  });
});
