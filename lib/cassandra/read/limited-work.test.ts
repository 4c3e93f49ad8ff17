import { describe, expect, it, vi } from 'vitest';
import { Failure } from '@/lib/failure';
import { NO_LIMITS, type PersonLimits } from '@/lib/rights/limits';
import { LimitRooms } from './limit-rooms';
import { currentWork, LimitedWork, MOST_WAIT_MS, withinLimits } from './limited-work';
import { TestClock } from './test-clock';

const never = new AbortController().signal;
const limit = (most: number) => ({ most, role: 'reports' });
const settled = () => new Promise((resolve) => setImmediate(resolve));

function room() {
  const clock = new TestClock();
  const rooms = new LimitRooms(clock);
  const work = (limits: PersonLimits, { owner = 'anna', kind = 'request' as 'request' | 'job' } = {}) =>
    new LimitedWork({ owner, kind, rooms, limits: { reading: new Map([['prod', limits]]), writing: new Map() } });
  return { clock, rooms, work };
}

const wanted = (signal = never) => ({ cluster: 'prod', reader: 1, rows: 10, signal });
const page = async () => ({ rows: 10 });
const codeOf = (reading: Promise<unknown>) =>
  reading.then(
    () => 'read',
    (error: unknown) => (error instanceof Failure ? error.error.code : String(error)),
  );

describe('reads at the same time', () => {
  it('are as many as the role allows; the others begin in turn when one ends', async () => {
    const { work } = room();
    const all = Array.from({ length: 4 }, () => work({ reads: limit(2) }));
    const leave = all.map((one) => one.enter());
    const begun: number[] = [];
    all.forEach((one, at) => void one.page(wanted(), page).then(() => begun.push(at)));
    await settled();
    expect(begun).toEqual([0, 1]);
    expect(all.map(({ waitsFor }) => waitsFor)).toEqual([null, null, 2, 3]);
    leave[1]?.();
    await settled();
    expect(begun).toEqual([0, 1, 2]);
    leave[0]?.();
    await settled();
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  it('of one piece of work are one, however many readers and pages it has', async () => {
    const { work } = room();
    const one = work({ reads: limit(1) });
    await withinLimits(one, async () => {
      await Promise.all([one.page(wanted(), page), one.page({ ...wanted(), reader: 2 }, page)]);
      await one.page(wanted(), page);
    });
    const next = work({ reads: limit(1) });
    await withinLimits(next, () => next.page(wanted(), page));
  });

  it('of different people do not wait for each other', async () => {
    const { work } = room();
    const [one, other] = [work({ reads: limit(1) }), work({ reads: limit(1) }, { owner: 'ben' })];
    one.enter();
    other.enter();
    await one.page(wanted(), page);
    await other.page(wanted(), page);
  });

  it('are refused after a stated time, with the role; a job goes on waiting', async () => {
    const { clock, work } = room();
    const [first, second, job] = [
      work({ reads: limit(1) }),
      work({ reads: limit(1) }),
      work({ reads: limit(1) }, { kind: 'job' }),
    ];
    const leave = first.enter();
    second.enter();
    job.enter();
    await first.page(wanted(), page);
    const refused = codeOf(second.page(wanted(), page));
    const jobs = codeOf(job.page(wanted(), page));
    clock.move(MOST_WAIT_MS);
    expect(await refused).toBe('too_many_reads');
    expect(second.waitsFor).toBeNull();
    leave();
    expect(await jobs).toBe('read');
    expect(clock.timers).toBe(0);
  });

  it('leave the queue with their reader', async () => {
    const { work } = room();
    const [first, second, third] = [work({ reads: limit(1) }), work({ reads: limit(1) }), work({ reads: limit(1) })];
    const leave = first.enter();
    second.enter();
    third.enter();
    await first.page(wanted(), page);
    const left = new AbortController();
    const gone = codeOf(second.page(wanted(left.signal), page));
    const next = codeOf(third.page(wanted(), page));
    left.abort(new Error('left'));
    expect(await gone).toBe('Error: left');
    leave();
    expect(await next).toBe('read');
  });

  it('are refused at once when a hundred wait', async () => {
    const { work } = room();
    const all = Array.from({ length: 102 }, () => work({ reads: limit(1) }));
    for (const one of all) one.enter();
    const ends = all.map((one) => codeOf(one.page(wanted(), page)));
    expect(await ends.at(-1)).toBe('too_many_reads');
  });
});

describe('the time of a statement', () => {
  it('ends it, also while a page is on its way, and holds nothing afterwards', async () => {
    const { clock, work } = room();
    const one = work({ statementSeconds: limit(5) });
    const leave = one.enter();
    await one.page(wanted(), page);
    const stuck = codeOf(one.page(wanted(), () => new Promise(() => undefined)));
    clock.move(4_999);
    await settled();
    clock.move(1);
    expect(await stuck).toBe('limit_reached');
    const ask = vi.fn(page);
    expect(await codeOf(one.page(wanted(), ask))).toBe('limit_reached');
    expect(ask).not.toHaveBeenCalled();
    leave();
    expect(clock.timers).toBe(0);
  });

  it('begins with its first rows, not while it waits for others, and is not that of a job', async () => {
    const { clock, work } = room();
    const limits = { statementSeconds: limit(5), reads: limit(1) };
    const [first, second] = [work(limits), work(limits)];
    const leave = first.enter();
    second.enter();
    await first.page(wanted(), page);
    const waiting = second.page(wanted(), page);
    clock.move(4_000);
    leave();
    await waiting;
    clock.move(4_000);
    expect(await codeOf(second.page(wanted(), page))).toBe('read');
    clock.move(1_000);
    expect(await codeOf(second.page(wanted(), page))).toBe('limit_reached');
    const job = work({ statementSeconds: limit(5) }, { kind: 'job' });
    job.enter();
    await job.page(wanted(), page);
    clock.move(60_000);
    expect(await codeOf(job.page(wanted(), page))).toBe('read');
  });
});

describe('the rate of a person', () => {
  it('is shared by all they read on a cluster, and holds up nobody else', async () => {
    const { clock, work } = room();
    const limits = { rowsPerSecond: limit(10) };
    const [one, other] = [work(limits), work(limits)];
    one.enter();
    other.enter();
    await one.page(wanted(), page);
    const waiting = codeOf(other.page(wanted(), page));
    const ben = work(limits, { owner: 'ben' });
    ben.enter();
    await ben.page(wanted(), page);
    clock.move(700);
    expect(await Promise.race([waiting, settled().then(() => 'waits')])).toBe('waits');
    clock.move(100);
    expect(await waiting).toBe('read');
  });

  it('is given back by a request that failed', async () => {
    const { work } = room();
    const one = work({ rowsPerSecond: limit(10) });
    one.enter();
    const fails = () => Promise.reject(new Error('refused'));
    for (let at = 0; at < 5; at++) expect(await codeOf(one.page(wanted(), fails))).toBe('Error: refused');
    expect(await codeOf(one.page(wanted(), page))).toBe('read');
  });

  it('is shared by all jobs that write', async () => {
    const { clock, rooms } = room();
    const writing = new Map([['prod', { rowsPerSecond: limit(10) }]]);
    const job = () => new LimitedWork({ owner: 'anna', kind: 'job', rooms, limits: { ...NO_LIMITS, writing } });
    await job().write('prod', 10, never);
    const waiting = job()
      .write('prod', 10, never)
      .then(() => 'written');
    expect(await Promise.race([waiting, settled().then(() => 'waits')])).toBe('waits');
    clock.move(1_000);
    expect(await waiting).toBe('written');
    await job().write('test', 1_000_000, never);
  });
});

it('keeps nothing of people who no longer read', async () => {
  const { clock, rooms, work } = room();
  for (let at = 0; at < 100; at++) {
    const one = work({ reads: limit(1), rowsPerSecond: limit(10) }, { owner: `person ${at}` });
    const leave = one.enter();
    await one.page(wanted(), page);
    leave();
    clock.move(2_000);
  }
  expect(rooms.size).toBeLessThanOrEqual(4);
});

it('is known to whatever happens within it, and to nothing else', async () => {
  const { work } = room();
  const [outer, inner] = [work({}), work({})];
  await withinLimits(outer, async () => {
    await withinLimits(inner, async () => {
      await settled();
      expect(currentWork()).toBe(inner);
    });
    await withinLimits(null, () => expect(currentWork()).toBeNull());
    expect(currentWork()).toBe(outer);
  });
  expect(currentWork()).toBeNull();
});
