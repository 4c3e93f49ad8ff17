import { describe, expect, it } from 'vitest';
import { JOB_STATES, type Job } from '@/lib/contract/jobs';
import { isResumable, jobStanding, newerJob } from './job-standing';

const job: Job = {
  id: 'a',
  kind: 'export',
  cluster: 'demo',
  title: 'k.t',
  statement: 'SELECT * FROM k.t',
  format: 'csv',
  compression: 'none',
  consistency: 'LOCAL_ONE',
  directory: '/data/a',
  state: 'running',
  rows: 10,
  bytes: 100,
  parts: [
    { name: 'one.csv', rows: 6, bytes: 60, sha256: 'ab' },
    { name: 'two.csv', rows: 4, bytes: 40, sha256: null },
  ],
  createdAt: '2026-01-01T00:00:00.000Z',
  startedAt: null,
  endedAt: null,
  elapsedMs: 1_000,
  error: null,
  scan: null,
};

describe('how a job stands', () => {
  it('calls a directory incomplete whenever nothing goes on and rows are missing', () => {
    const advised = JOB_STATES.filter((state) => jobStanding({ ...job, state }).advice?.includes('is incomplete'));
    expect(advised).toEqual(['paused', 'failed', 'cancelled']);
    expect(jobStanding({ ...job, state: 'paused' }).advice).toContain('1 whole part so far');
  });

  it('offers to resume what can go on, and says so of nothing else', () => {
    const error = { code: 'ranges_failed', message: 'Some are missing.', retryable: true } as const;
    const gone = { ...error, code: 'table_truncated' } as const;
    expect(JOB_STATES.filter((state) => isResumable({ ...job, state }))).toEqual(['paused', 'failed']);
    expect(jobStanding({ ...job, state: 'failed', error }).advice).toContain('Resume goes on');
    expect(isResumable({ ...job, state: 'failed', error: gone })).toBe(false);
    expect(jobStanding({ ...job, state: 'failed', error: gone }).advice).toContain('It cannot go on');
  });
});

describe('the list and the job watched live', () => {
  it('shows whichever knows more', () => {
    const live = { ...job, elapsedMs: 1_500, rows: 15 };
    expect(newerJob(job, live).rows).toBe(15);
    expect(newerJob({ ...job, elapsedMs: 2_000 }, live).rows).toBe(10);
    expect(newerJob({ ...job, state: 'paused' }, live).state).toBe('paused');
    expect(newerJob(job, null)).toBe(job);
    expect(newerJob(job, { ...live, id: 'b' })).toBe(job);
  });
});
