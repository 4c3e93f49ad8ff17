import { copyFile, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { toFailure } from '@/lib/cassandra/client/errors';
import type { Asker } from '@/lib/contract/asker';
import type { HistoryEntry } from '@/lib/contract/history';
import { ANONYMOUS } from '@/lib/contract/principal';
import type { NewSchedule, Schedule, ScheduleState } from '@/lib/contract/schedules';
import { Failure, invalidRequest } from '@/lib/failure';
import { type CheckedKind, checkedKind } from '@/lib/jobs/job-kind';
import { JobManager } from '@/lib/jobs/job-manager';
import { TestKind } from '@/lib/jobs/test-kind';
import { Schedules } from './schedules';
import { TestClock } from './test-clock';

const base = await mkdtemp(join(tmpdir(), 'ringside-schedules-'));
const opened: Schedules[] = [];
afterEach(async () => {
  for (const schedules of opened.splice(0)) await schedules.close();
});
afterAll(() => rm(base, { recursive: true }));

const HOURLY: NewSchedule = {
  name: 'hourly',
  kind: 'count',
  request: { upTo: 3 },
  pattern: '0 * * * *',
  timeZone: 'UTC',
  keep: { runs: null, days: null },
  webhook: null,
};

/** A folder of schedules with jobs that count, at 10:20, and the same again after a restart. */
async function setUp() {
  const home = await mkdtemp(join(base, 'home-'));
  const kind = new TestKind();
  const clock = new TestClock('2026-11-29T10:20:00Z');
  const readOnly = new Set<string>();
  const gone = new Set<string>();
  const recorded: HistoryEntry[] = [];
  const reviewed: CheckedKind = { ...checkedKind(new TestKind('reviewed')) };
  Reflect.deleteProperty(reviewed, 'repeats');
  const writing: CheckedKind = { ...checkedKind(new TestKind('writing')), repeats: 'writes' };
  const folder = join(home, 'schedules');
  const open = () => {
    const jobs = new JobManager(join(home, 'jobs'), [checkedKind(kind), reviewed, writing], 2);
    const ground = {
      isReadOnly: (cluster: string) => {
        if (cluster === 'demo') return readOnly.has(cluster);
        throw invalidRequest(`No cluster ${cluster}.`);
      },
      checkOwner: async (_order: unknown, owner: Asker | undefined) => {
        if (owner !== undefined && gone.has(owner.name)) throw forbidden(owner.name);
        return undefined;
      },
    };
    const record = async (_cluster: string, entry: HistoryEntry) => void recorded.push(entry);
    const schedules = new Schedules({ folder, jobs, ground, webhooks: () => new Map(), clock, record });
    opened.push(schedules);
    return { jobs, schedules };
  };
  return { kind, clock, readOnly, gone, recorded, folder, open, ...open() };
}

const forbidden = (name: string) => new Failure({ code: 'forbidden', message: `${name} may not.`, retryable: false });

const statesOf = async (schedules: Schedules, name = 'hourly') =>
  (await schedules.get(ANONYMOUS, name)).runs.map(({ state }) => state);
const untilStates = (schedules: Schedules, ...states: ScheduleState[]) =>
  expect.poll(() => statesOf(schedules)).toEqual(states);
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => toFailure(error).error,
  );

/** The kind counts no further until it is let go. */
function hold(kind: TestKind): () => void {
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  kind.before = (_number, { signal }) =>
    signal.aborted
      ? Promise.resolve()
      : Promise.race([gate, new Promise<void>((end) => signal.addEventListener('abort', () => end(), { once: true }))]);
  return letGo;
}

describe('a schedule', () => {
  it('starts its job when its time has come, and says how that ended', async () => {
    const { schedules, jobs, clock, recorded } = await setUp();
    const made = await schedules.create(ANONYMOUS, 'demo', HOURLY);
    expect(made).toMatchObject({ title: 'to 3', nextAt: '2026-11-29T11:00:00.000Z', isPaused: false, runs: [] });
    clock.set('2026-11-29T10:59:59Z');
    expect(await statesOf(schedules)).toEqual([]);
    clock.set('2026-11-29T11:00:00Z');
    await untilStates(schedules, 'complete');
    const { nextAt, runs } = await schedules.get(ANONYMOUS, 'hourly');
    expect(nextAt).toBe('2026-11-29T12:00:00.000Z');
    expect(runs[0]).toMatchObject({ at: '2026-11-29T11:00:00.000Z', by: 'time', rows: 3, message: null });
    const [job] = await jobs.list(ANONYMOUS);
    expect([job?.id, job?.schedule?.name]).toEqual([runs[0]?.jobId, 'hourly']);
    await expect.poll(() => recorded).toMatchObject([{ outcome: 'complete', rows: 3, schedule: 'hourly (count)' }]);
  });

  it('of somebody who lost their rights fails once and is paused, until they have them again', async () => {
    const { schedules, clock, gone } = await setUp();
    const anna = { id: 'anna', asker: { name: 'anna', way: 'local' as const, groups: [] } };
    const states = async () => (await schedules.get(anna, 'hourly')).runs.map(({ state }) => state);
    await schedules.create(anna, 'demo', HOURLY);
    gone.add('anna');
    expect(await refusal(schedules.create(anna, 'demo', { ...HOURLY, name: 'other' }))).toMatchObject({
      code: 'forbidden',
    });
    clock.set('2026-11-29T11:00:00Z');
    await expect.poll(states).toEqual(['failed']);
    await expect.poll(() => schedules.get(anna, 'hourly')).toMatchObject({ isPaused: true, nextAt: null });
    gone.delete('anna');
    await schedules.act(anna, 'hourly', { action: 'resume' });
    clock.set('2026-11-29T12:00:00Z');
    await expect.poll(states).toEqual(['complete', 'failed']);
  });

  it('creates its jobs with the name of its owner', async () => {
    const { schedules, jobs, clock } = await setUp();
    const names: unknown[] = [];
    jobs.followedBy({ before: async (_step, { ownerName }) => void names.push(ownerName), after: () => undefined });
    const anna = { id: 'person-1', name: 'anna', asker: { name: 'anna', way: 'local' as const, groups: [] } };
    await schedules.create(anna, 'demo', HOURLY);
    clock.set('2026-11-29T11:00:00Z');
    await expect.poll(() => names).toEqual(['anna']);
  });

  it('skips a run while the one before it is going, and counts the skipped ones as one', async () => {
    const { schedules, jobs, clock, kind, recorded } = await setUp();
    await schedules.create(ANONYMOUS, 'demo', HOURLY);
    const letGo = hold(kind);
    clock.set('2026-11-29T11:00:00Z');
    await untilStates(schedules, 'running');
    clock.set('2026-11-29T12:00:00Z');
    await untilStates(schedules, 'skipped', 'running');
    clock.set('2026-11-29T13:00:00Z');
    await expect.poll(async () => (await schedules.get(ANONYMOUS, 'hourly')).runs[0]?.times).toBe(2);
    expect(await refusal(schedules.act(ANONYMOUS, 'hourly', { action: 'run' }))).toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('still going'),
    });
    expect(await jobs.list(ANONYMOUS)).toHaveLength(1);
    letGo();
    await untilStates(schedules, 'skipped', 'complete');
    await expect.poll(() => recorded.map(({ outcome }) => outcome)).toEqual(['stopped', 'complete']);
    clock.set('2026-11-29T14:00:00Z');
    await untilStates(schedules, 'complete', 'skipped', 'complete');
  });

  it('removes the files of its own runs alone', async () => {
    const { schedules, jobs, clock } = await setUp();
    await jobs.create(ANONYMOUS, { kind: 'count', cluster: 'demo', request: { upTo: 1 } });
    await schedules.create(ANONYMOUS, 'demo', { ...HOURLY, keep: { runs: 1, days: null } });
    clock.set('2026-11-29T11:00:00Z');
    await untilStates(schedules, 'complete');
    clock.set('2026-11-29T12:00:00Z');
    await untilStates(schedules, 'complete', 'complete');
    await expect.poll(async () => (await schedules.get(ANONYMOUS, 'hourly')).runs[0]?.removed).toBe(1);
    const left = await jobs.list(ANONYMOUS);
    expect(left.map(({ title }) => title)).toEqual(['to 3', 'to 1']);
    expect(await readdir(jobs.directory)).toHaveLength(2);
    expect((await schedules.get(ANONYMOUS, 'hourly')).runs.map(({ jobId }) => jobId)).toEqual([left[0]?.id, null]);
  });

  it('is found again after a restart; one missed run is said to be missed, and none is caught up', async () => {
    const { schedules, clock, open, recorded } = await setUp();
    await schedules.create(ANONYMOUS, 'demo', HOURLY);
    await schedules.close();
    clock.set('2026-11-29T15:30:00Z');
    const next = open();
    await next.schedules.start();
    clock.set('2026-11-29T15:30:01Z');
    await untilStates(next.schedules, 'missed');
    expect(await next.schedules.get(ANONYMOUS, 'hourly')).toMatchObject({
      nextAt: '2026-11-29T16:00:00.000Z',
      runs: [{ at: '2026-11-29T11:00:00.000Z', jobId: null }],
    });
    await expect
      .poll(() => recorded)
      .toMatchObject([{ outcome: 'stopped', message: expect.stringContaining('not running') }]);
    expect(await next.jobs.list(ANONYMOUS)).toEqual([]);
  });

  it('knows after a restart how a run ended that went on meanwhile, and fails one that has no job', async () => {
    const { schedules, jobs, clock, kind, open, folder } = await setUp();
    await schedules.create(ANONYMOUS, 'demo', HOURLY);
    const letGo = hold(kind);
    clock.set('2026-11-29T11:00:00Z');
    await expect.poll(async () => (await jobs.list(ANONYMOUS)).map(({ state }) => state)).toEqual(['running']);
    await schedules.close();
    await jobs.suspend();
    const file = join(folder, 'hourly.json');
    const kept: { runs: { id: string }[] } = JSON.parse(await readFile(file, 'utf8'));
    kept.runs.push({ ...kept.runs[0], id: 'never began' });
    await writeFile(file, JSON.stringify(kept));
    letGo();
    const next = open();
    await untilStates(next.schedules, 'complete', 'failed');
  });

  it('does nothing while it is paused, runs when it is asked to, and misses nothing', async () => {
    const { schedules, clock } = await setUp();
    await schedules.create(ANONYMOUS, 'demo', HOURLY);
    expect(await schedules.act(ANONYMOUS, 'hourly', { action: 'pause' })).toMatchObject({
      isPaused: true,
      nextAt: null,
    });
    clock.set('2026-11-29T13:30:00Z');
    expect(await statesOf(schedules)).toEqual([]);
    await schedules.act(ANONYMOUS, 'hourly', { action: 'run' });
    await untilStates(schedules, 'complete');
    expect((await schedules.get(ANONYMOUS, 'hourly')).runs[0]).toMatchObject({ by: 'person' });
    const resumed = await schedules.act(ANONYMOUS, 'hourly', { action: 'resume' });
    expect(resumed).toMatchObject({ isPaused: false, nextAt: '2026-11-29T14:00:00.000Z' });
  });

  it('is changed, and removed without its jobs', async () => {
    const { schedules, jobs, clock, folder } = await setUp();
    await schedules.create(ANONYMOUS, 'demo', HOURLY);
    const { timeZone, keep, webhook } = HOURLY;
    const change = { action: 'change' as const, pattern: '30 * * * *', timeZone, keep, webhook };
    expect(await schedules.act(ANONYMOUS, 'hourly', change)).toMatchObject({ nextAt: '2026-11-29T10:30:00.000Z' });
    clock.set('2026-11-29T10:30:00Z');
    await untilStates(schedules, 'complete');
    expect(await refusal(schedules.act(ANONYMOUS, 'hourly', { ...change, pattern: 'x' }))).toMatchObject({
      code: 'invalid_request',
    });
    await schedules.remove(ANONYMOUS, 'hourly');
    expect((await schedules.list(ANONYMOUS)).schedules).toEqual([]);
    expect(await readdir(folder)).toEqual(['lock']);
    expect(await jobs.list(ANONYMOUS)).toHaveLength(1);
  });

  it('checks the cluster at each run', async () => {
    const { schedules, clock, readOnly } = await setUp();
    await schedules.create(ANONYMOUS, 'demo', { ...HOURLY, kind: 'writing', confirm: { statement: 'none' } });
    readOnly.add('demo');
    clock.set('2026-11-29T11:00:00Z');
    await untilStates(schedules, 'failed');
    expect((await schedules.get(ANONYMOUS, 'hourly')).runs[0]).toMatchObject({
      message: expect.stringContaining('read-only'),
      jobId: null,
    });
    expect(await refusal(schedules.act(ANONYMOUS, 'hourly', { action: 'run' }))).toMatchObject({ code: 'read_only' });
  });

  it('takes another request, which is checked as the first one', async () => {
    const { schedules, jobs, clock } = await setUp();
    await schedules.create(ANONYMOUS, 'demo', HOURLY);
    const { pattern, timeZone, keep, webhook } = HOURLY;
    const change = { action: 'change' as const, pattern, timeZone, keep, webhook };
    const bad = schedules.act(ANONYMOUS, 'hourly', { ...change, request: { upTo: -1 } });
    expect(await refusal(bad)).toMatchObject({ code: 'invalid_request' });
    const changed = await schedules.act(ANONYMOUS, 'hourly', { ...change, request: { upTo: 5 } });
    expect(changed).toMatchObject({ title: 'to 5', request: { upTo: 5 } });
    clock.set('2026-11-29T11:00:00Z');
    await untilStates(schedules, 'complete');
    expect((await jobs.list(ANONYMOUS)).map(({ title }) => title)).toEqual(['to 5']);
  });

  it('is nobody’s whose password is known only while they are signed in', async () => {
    const { schedules } = await setUp();
    const made = schedules.create({ id: 'role-ada' }, 'demo', HOURLY);
    expect(await refusal(made)).toMatchObject({ code: 'forbidden' });
    expect((await schedules.list({ id: 'role-ada' })).schedules).toEqual([]);
  });

  it('that writes is kept only once its statement was seen, also when it changes', async () => {
    const { schedules } = await setUp();
    const writing = { ...HOURLY, kind: 'writing' };
    for (const confirm of [undefined, { statement: 'something else' }]) {
      const made = schedules.create(ANONYMOUS, 'demo', { ...writing, ...(confirm && { confirm }) });
      expect(await refusal(made)).toMatchObject({ code: 'confirmation_required', detail: 'none' });
    }
    const plan = await schedules.plan(ANONYMOUS, 'demo', writing);
    expect(plan).toMatchObject({ title: 'to 3', statement: 'none', isWrite: true, confirmName: null });
    await schedules.create(ANONYMOUS, 'demo', { ...writing, confirm: { statement: plan.statement } });
    const { pattern, timeZone, keep, webhook } = HOURLY;
    const change = { action: 'change' as const, pattern, timeZone, keep, webhook };
    expect(await schedules.act(ANONYMOUS, 'hourly', change)).toMatchObject({ title: 'to 3' });
    const unseen = schedules.act(ANONYMOUS, 'hourly', { ...change, request: { upTo: 4 } });
    expect(await refusal(unseen)).toMatchObject({ code: 'confirmation_required' });
  });

  it('is one person’s', async () => {
    const { schedules } = await setUp();
    await schedules.create(ANONYMOUS, 'demo', HOURLY);
    const other = { id: 'somebody else' };
    expect((await schedules.list(other)).schedules).toEqual([]);
    for (const work of [schedules.get(other, 'hourly'), schedules.remove(other, 'hourly')]) {
      expect(await refusal(work)).toMatchObject({ code: 'not_found' });
    }
  });

  it('and its jobs are not there for an API token of its person that may not do the same', async () => {
    const { schedules, jobs } = await setUp();
    await schedules.create(ANONYMOUS, 'demo', HOURLY);
    const { runs } = await schedules.act(ANONYMOUS, 'hourly', { action: 'run' });
    // Of a kind that only this test knows, nobody can tell what it reads.
    const narrowed = { readOnly: true, clusters: null };
    const token = { ...ANONYMOUS, asker: { name: 'anna', way: 'local' as const, groups: [], narrowed } };
    expect((await schedules.list(token)).schedules).toEqual([]);
    expect(await jobs.list(token)).toEqual([]);
    for (const work of [schedules.act(token, 'hourly', { action: 'run' }), jobs.get(token, runs[0]?.jobId ?? '')]) {
      expect(await refusal(work)).toMatchObject({ code: 'not_found' });
    }
    expect(await jobs.list(ANONYMOUS)).toHaveLength(1);
  });

  it('has a name that others may use too, and says nothing of theirs', async () => {
    const { schedules, jobs, clock, open } = await setUp();
    const [anna, ben] = [{ id: 'person-anna' }, { id: 'person-ben' }];
    await schedules.create(ANONYMOUS, 'demo', HOURLY);
    await schedules.create(anna, 'demo', HOURLY);
    await schedules.create(ben, 'demo', { ...HOURLY, request: { upTo: 5 } });
    expect(await refusal(schedules.create(ben, 'demo', HOURLY))).toMatchObject({ code: 'already_exists' });
    await schedules.act(anna, 'hourly', { action: 'pause' });
    clock.set('2026-11-29T11:00:00Z');
    const runsOf = async (of: Schedules, who: { id: string }) =>
      (await of.get(who, 'hourly')).runs.map(({ rows }) => rows);
    await expect.poll(() => runsOf(schedules, ben)).toEqual([5]);
    await expect.poll(() => runsOf(schedules, ANONYMOUS)).toEqual([3]);
    expect(await runsOf(schedules, anna)).toEqual([]);
    expect(await jobs.list(anna)).toEqual([]);
    await schedules.remove(ben, 'hourly');
    await schedules.close();
    const next = open().schedules;
    expect(await runsOf(next, anna)).toEqual([]);
    expect(await refusal(next.get(ben, 'hourly'))).toMatchObject({ code: 'not_found' });
  });

  it('goes on after an upgrade from a version that kept all of them by name', async () => {
    const { schedules, folder, open, clock } = await setUp();
    const anna = { id: 'person-anna' };
    await schedules.create(ANONYMOUS, 'demo', HOURLY);
    await schedules.create(anna, 'demo', { ...HOURLY, name: 'half' });
    await schedules.close();
    await rename(join(folder, 'person-anna', 'half.json'), join(folder, 'half.json'));
    const next = open().schedules;
    expect((await next.list(anna)).schedules.map(({ name }: Schedule) => name)).toEqual(['half']);
    expect(await readdir(folder)).toEqual(expect.arrayContaining(['hourly.json', 'person-anna']));
    expect(await readdir(folder)).not.toContain('half.json');
    clock.set('2026-11-29T11:00:00Z');
    await expect.poll(async () => (await next.get(anna, 'half')).runs.map(({ state }) => state)).toEqual(['complete']);
    await next.close();
    // The process ended between the two steps.
    await copyFile(join(folder, 'person-anna', 'half.json'), join(folder, 'half.json'));
    const last = open().schedules;
    expect((await last.get(anna, 'half')).runs).toHaveLength(1);
    expect(await readdir(folder)).not.toContain('half.json');
  });

  it.each<[string, Partial<NewSchedule>, string]>([
    ['a kind that is reviewed', { kind: 'reviewed' }, 'invalid_request'],
    ['a kind that is not known', { kind: 'none' }, 'invalid_request'],
    ['a request that its kind refuses', { request: { upTo: -1 } }, 'invalid_request'],
    ['a webhook that is not configured', { webhook: 'ops' }, 'invalid_request'],
    ['a day that never comes', { pattern: '0 0 30 2 *' }, 'invalid_request'],
    ['a name that is taken', {}, 'already_exists'],
  ])('is not made of %s', async (_what, change, code) => {
    const { schedules } = await setUp();
    if (code === 'already_exists') await schedules.create(ANONYMOUS, 'demo', HOURLY);
    expect(await refusal(schedules.create(ANONYMOUS, 'demo', { ...HOURLY, ...change }))).toMatchObject({ code });
  });

  it('is kept in a file that only its user may read, and what it cannot read it leaves alone', async () => {
    const { schedules, folder, open } = await setUp();
    await schedules.create(ANONYMOUS, 'demo', HOURLY);
    expect((await stat(join(folder, 'hourly.json'))).mode & 0o777).toBe(0o600);
    await schedules.close();
    await writeFile(join(folder, 'damaged.json'), '{"version": 2}');
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const names = (await open().schedules.list(ANONYMOUS)).schedules.map(({ name }: Schedule) => name);
    expect(names).toEqual(['hourly']);
    expect(logged).toHaveBeenCalledOnce();
    logged.mockRestore();
    expect(await readFile(join(folder, 'damaged.json'), 'utf8')).toBe('{"version": 2}');
  });

  it('is run by one process: another one lists it, and says why it does not run it', async () => {
    const { schedules, open, clock } = await setUp();
    await schedules.create(ANONYMOUS, 'demo', HOURLY);
    const second = open();
    expect(await second.schedules.list(ANONYMOUS)).toMatchObject({
      schedules: [{ name: 'hourly' }],
      standstill: expect.stringContaining('is writing into'),
    });
    expect(await refusal(second.schedules.act(ANONYMOUS, 'hourly', { action: 'pause' }))).toMatchObject({
      code: 'storage_failed',
    });
    await schedules.close();
    clock.set('2026-11-29T10:20:30Z');
    await expect.poll(async () => (await second.schedules.list(ANONYMOUS)).standstill).toBeNull();
  });
});
