import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JOB_STATES, type JobState } from '@/lib/contract/jobs';
import type { Keep } from '@/lib/contract/schedules';
import { removableJobs } from './retention';

const NOW = new Date('2026-11-29T12:00:00Z');
const DAY_MS = 86_400_000;
const job = (id: string, daysAgo: number, state: JobState = 'complete', schedule: string | null = 'mine') => ({
  id,
  state,
  createdAt: new Date(NOW.getTime() - daysAgo * DAY_MS).toISOString(),
  ...(schedule === null ? {} : { schedule: { id: schedule, name: 'nightly', run: id } }),
});
const removed = (keep: Keep, ...jobs: Parameters<typeof removableJobs>[1][number][]) =>
  removableJobs('mine', jobs, keep, NOW);

describe('the files that a schedule removes', () => {
  it('are of all but its last runs', () => {
    expect(removed({ runs: 2, days: null }, job('c', 3), job('a', 1), job('d', 4), job('b', 2))).toEqual(['c', 'd']);
  });

  it('are of runs that are too old, but never of the newest complete one', () => {
    expect(removed({ runs: null, days: 2 }, job('a', 1), job('b', 2), job('c', 3))).toEqual(['b', 'c']);
    expect(removed({ runs: null, days: 2 }, job('a', 30), job('b', 31))).toEqual(['b']);
  });

  it('are those that neither limit keeps', () => {
    expect(removed({ runs: 1, days: 2 }, job('a', 0), job('b', 1), job('c', 3))).toEqual(['c']);
  });

  it('are none without a limit', () => {
    expect(removed({ runs: null, days: null }, job('a', 1), job('b', 4_000))).toEqual([]);
  });

  it('count a run with failed rows among the failures: it neither pushes out a complete one nor is kept as the newest', () => {
    const copied = {
      read: 2,
      applied: 1,
      refused: 1,
      unknown: 0,
      skipped: 0,
      merged: 0,
      readBack: null,
      compared: null,
    };
    const partly = ['x', 'y'].map((id, at) => ({ ...job(id, at), copied }));
    expect(removed({ runs: 1, days: null }, ...partly, job('a', 5), job('b', 6))).toEqual(['b', 'y']);
    expect(removed({ runs: null, days: 1 }, { ...job('x', 3), copied }, job('a', 5))).toEqual(['x']);
  });

  it('are never pushed out by failures, nor taken from work that may go on', () => {
    const failures = ['f1', 'f2', 'f3'].map((id, at) => job(id, at, 'failed'));
    const open = [job('p', 90, 'paused'), job('r', 91, 'running'), job('w', 92, 'waiting')];
    expect(removed({ runs: 2, days: null }, ...failures, job('a', 5), job('b', 6), ...open)).toEqual(['f3']);
  });

  it('are only its own: not of a person, nor of an earlier schedule of the same name', () => {
    const others = [job('x', 50, 'complete', null), job('y', 51, 'complete', 'earlier')];
    expect(removed({ runs: 1, days: null }, job('a', 1), job('b', 2), ...others)).toEqual(['b']);
  });

  it('hold to all that at once, for any jobs and limits', () => {
    const limit = fc.option(fc.integer({ min: 1, max: 5 }));
    const jobs = fc.array(
      fc.record({
        days: fc.integer({ min: 0, max: 9 }),
        state: fc.constantFrom(...JOB_STATES),
        schedule: fc.constantFrom(null, 'mine', 'other'),
      }),
    );
    fc.assert(
      fc.property(limit, limit, jobs, (runs, days, made) => {
        const all = made.map(({ days: ago, state, schedule }, at) => job(String(at), ago, state, schedule));
        const gone = new Set(removed({ runs, days }, ...all));
        for (const { state, schedule } of all.filter(({ id }) => gone.has(id))) {
          expect(schedule?.id).toBe('mine');
          expect(['complete', 'failed', 'cancelled']).toContain(state);
        }
        const complete = all.filter(({ state, schedule }) => state === 'complete' && schedule?.id === 'mine');
        const left = complete.filter(({ id }) => !gone.has(id));
        expect(left.length).toBeGreaterThanOrEqual(Math.min(complete.length, runs ?? 1));
        if (days === null && runs !== null) expect(left.length).toBe(Math.min(complete.length, runs));
      }),
    );
  });
});
