import { describe, expect, it } from 'vitest';
import { EXPORT_STATES } from '@/lib/contract/exports';
import { JOB_STATES } from '@/lib/contract/jobs';
import { testDownload, testJob, testSave } from './test-transfers';
import {
  clearMark,
  type Listed,
  listTransfers,
  streamShares,
  transferOf,
  viewedTransfers,
  withLive,
} from './transfers';

const scan = {
  ...{ rows: 10, pages: 1, frameBytes: 1, ringFraction: 0.25, ring: null, concurrency: 1, estimatedRows: null },
  ...{ rowsPerSecond: 500, estimatedLeftMs: null, warnings: [], failures: [] },
  ranges: { total: 4, done: 1, running: 1, retried: 0, failed: 0 },
};

describe('what can be done', () => {
  const error = { code: 'ranges_failed', message: 'Some are missing.', retryable: true } as const;
  const gone = { ...error, code: 'table_truncated' } as const;

  it('with a job is to pause or resume it, to cancel it, and to delete what stands still', () => {
    const can = Object.fromEntries(
      JOB_STATES.map((state) => [state, transferOf({ kind: 'job', job: testJob({ state }) }).can]),
    );
    expect(can).toEqual({
      waiting: ['pause', 'cancel'],
      running: ['pause', 'cancel'],
      paused: ['resume', 'cancel', 'delete'],
      failed: ['resume', 'cancel', 'delete'],
      complete: ['delete'],
      cancelled: ['delete'],
    });
    const failed = (cause: typeof error | typeof gone) =>
      transferOf({ kind: 'job', job: testJob({ state: 'failed', error: cause }) }).can;
    expect(failed(error)).toContain('resume');
    expect(failed(gone)).not.toContain('resume');
  });

  it('with a job on Spark is to cancel it: an application cannot be paused', () => {
    const job = testJob({ kind: 'spark', state: 'running' });
    expect(transferOf({ kind: 'job', job }).can).toEqual(['cancel']);
  });

  it('with a download is to stop it', () => {
    const can = EXPORT_STATES.map((state) => transferOf({ kind: 'download', download: testDownload({ state }) }).can);
    expect(can).toEqual([['stop'], [], [], []]);
  });

  it('with a file is to stop it, then to resume it where possible, to start over or to forget it', () => {
    const can = (change: Parameters<typeof testSave>[0]) =>
      transferOf({ kind: 'file', save: testSave(change), download: undefined }).can;
    expect(can({ state: 'running' })).toEqual(['stop']);
    expect(can({ state: 'complete' })).toEqual(['forget']);
    for (const state of ['stopped', 'broken'] as const) {
      expect(can({ state })).toEqual(['resume', 'restart', 'forget']);
      expect(can({ state, canGoOn: false })).toEqual(['restart', 'forget']);
    }
  });
});

describe('how far a transfer is', () => {
  it('is what its scan says while it runs, and the whole ring when it is complete', () => {
    const job = (change: Parameters<typeof testJob>[0]) => transferOf({ kind: 'job', job: testJob(change) });
    expect(job({ scan })).toMatchObject({ fraction: 0.25, rowsPerSecond: 500, rows: 10, bytes: 100 });
    expect(job({ scan: null })).toMatchObject({ fraction: null, rowsPerSecond: null });
    expect(job({ scan, state: 'paused' })).toMatchObject({ fraction: 0.25, rowsPerSecond: null });
    expect(job({ scan, state: 'complete', elapsedMs: 2_000 })).toMatchObject({ fraction: 1, rowsPerSecond: 5 });
    expect(job({ state: 'complete', rows: 0 }).rowsPerSecond).toBeNull();
  });

  it('is of a file what its download says, until the file knows better', () => {
    const file = (change: Parameters<typeof testSave>[0], download = testDownload({ scan, ringFraction: 0.25 })) =>
      transferOf({ kind: 'file', save: testSave({ bytes: 70, ...change }), download });
    expect(file({})).toMatchObject({ rows: 10, bytes: 70, fraction: 0.25, statement: 'SELECT * FROM k.t' });
    expect(file({ state: 'complete', rows: 12 })).toMatchObject({ rows: 12, fraction: 1, elapsedMs: null });
    const alone = transferOf({ kind: 'file', save: testSave({ exportIds: ['a', 'b', 'c'] }), download: undefined });
    expect(alone).toMatchObject({ rows: null, fraction: null, statement: null, scan: null, resumed: 2 });
  });

  it('names what it writes', () => {
    const of = (change: Parameters<typeof testJob>[0]) => transferOf({ kind: 'job', job: testJob(change) }).output;
    expect(of({})).toMatchObject({ kind: 'directory', path: '/data/a', about: ['csv', 'LOCAL_ONE'] });
    expect(of({ compression: 'gzip' })).toMatchObject({ about: ['csv, gzip', 'LOCAL_ONE'] });
    expect(of({ kind: 'rewrite', format: undefined, compression: undefined })).toMatchObject({
      about: ['rewrite', 'LOCAL_ONE'],
    });
    expect(transferOf({ kind: 'download', download: testDownload({ sha256: 'ab' }) }).output).toEqual({
      ...{ kind: 'file', name: 'k.t.csv', sha256: 'ab' },
    });
  });

  it('keeps an error’s words, with what to do on this page', () => {
    const error = { code: 'invalid_request', message: 'No.', option: 'csv.nullText', retryable: false } as const;
    const { error: shown } = transferOf({ kind: 'job', job: testJob({ state: 'failed', error }) });
    expect(shown).toMatchObject({ message: 'No.', hint: expect.stringContaining('CSV') });
  });
});

describe('the list and the download watched live', () => {
  const newerOf = (listed: ReturnType<typeof testDownload>, live: typeof listed | null) => {
    const source = withLive({ kind: 'download', download: listed }, { download: live });
    return source.kind === 'download' ? source.download : null;
  };

  it('shows whichever knows more', () => {
    const listed = testDownload({ elapsedMs: 2_000, rows: 20 });
    expect(newerOf(listed, testDownload({ elapsedMs: 2_500, rows: 25 }))?.rows).toBe(25);
    expect(newerOf(listed, testDownload({ elapsedMs: 1_500, rows: 15 }))?.rows).toBe(20);
    expect(newerOf(testDownload({ state: 'complete' }), testDownload({ elapsedMs: 9_000 }))?.state).toBe('complete');
    expect(newerOf(testDownload(), testDownload({ state: 'failed', elapsedMs: 1_000 }))?.state).toBe('failed');
    expect(newerOf(listed, null)).toBe(listed);
    expect(newerOf(listed, testDownload({ id: 'b', elapsedMs: 9_000 }))).toBe(listed);
  });
});

describe('the list and the job watched live', () => {
  const newerJob = (listed: ReturnType<typeof testJob>, live: typeof listed | null) => {
    const source = withLive({ kind: 'job', job: listed }, { job: live });
    return source.kind === 'job' ? source.job : null;
  };

  it('shows whichever knows more', () => {
    const job = testJob();
    const live = testJob({ elapsedMs: 1_500, rows: 15 });
    expect(newerJob(job, live)?.rows).toBe(15);
    expect(newerJob(testJob({ elapsedMs: 2_000 }), live)?.rows).toBe(10);
    expect(newerJob(testJob({ state: 'paused' }), live)?.state).toBe('paused');
    expect(newerJob(job, null)).toBe(job);
    expect(newerJob(job, { ...live, id: 'b' })).toBe(job);
  });

  it('does not take a job back to the pause that it was resumed from', () => {
    const resumed = testJob({ elapsedMs: 1_600 });
    expect(newerJob(resumed, testJob({ state: 'paused', elapsedMs: 1_500 }))).toBe(resumed);
  });
});

describe('the list of all transfers', () => {
  it('has each thing once: a download that writes a file of this page is that file', () => {
    const list = listTransfers(
      [testJob()],
      [testSave({ exportIds: ['old', 'a'] })],
      [testDownload({ id: 'b' }), testDownload({ id: 'a' }), testDownload({ id: 'old', state: 'failed' })],
    );
    expect(list.downloads.map(({ source }) => transferOf(source).id)).toEqual(['b']);
    expect(list.files.map(({ source }) => source.kind === 'file' && source.download?.id)).toEqual(['a']);
    expect(list.jobs).toHaveLength(1);
  });

  it('lets what moves be watched live, as far as there are connections', () => {
    const watched = (listed: readonly Listed[]) => listed.map((one) => one.watched);
    const jobs = ['complete', 'running', 'waiting', 'running'] as const;
    const list = listTransfers(
      jobs.map((state, at) => testJob({ id: `${at}`, state })),
      [testSave({ exportIds: ['a'] }), testSave({ key: 'none', exportIds: ['gone'] })],
      [testDownload({ id: 'a' }), testDownload({ id: 'b', state: 'complete' })],
    );
    expect(watched(list.jobs)).toEqual([false, true, true, false]);
    expect(watched(list.files)).toEqual([true, false]);
    expect(watched(list.downloads)).toEqual([false]);
  });
});

describe('what a person sees of the list', () => {
  const at = (second: number) => `2026-01-01T00:00:0${second}.000Z`;
  const list = listTransfers(
    [testJob({ id: 'mine' }), testJob({ id: 'theirs' })],
    [testSave({ exportIds: [] })],
    [
      testDownload({ id: 'late', startedAt: at(3), state: 'complete' }),
      testDownload({ id: 'runs', startedAt: at(2) }),
      testDownload({ id: 'early', startedAt: at(1), state: 'failed' }),
    ],
  );
  const ids = (listed: readonly Listed[]) => listed.map(({ source }) => transferOf(source).id);

  it('is everything, unless only what this browser started is wanted', () => {
    expect(viewedTransfers(list, { only: null, clearedUpTo: null })).toEqual(list);
    const own = viewedTransfers(list, { only: new Set(['mine', 'early']), clearedUpTo: null });
    expect([ids(own.jobs), ids(own.files), ids(own.downloads)]).toEqual([['mine'], ['k'], ['early']]);
  });

  it('loses downloads that have ended when they are cleared, never one that runs or starts later', () => {
    expect(clearMark(list.downloads)).toBe(at(3));
    const cleared = (clearedUpTo: string) => ids(viewedTransfers(list, { only: null, clearedUpTo }).downloads);
    expect(cleared(at(3))).toEqual(['runs']);
    expect(cleared(at(2))).toEqual(['late', 'runs']);
    expect(clearMark(list.downloads.slice(1, 2))).toBeNull();
  });
});

describe('progress streams', () => {
  it('leave connections for everything else, however much runs', () => {
    for (let downloads = 0; downloads <= 4; downloads++) {
      for (let jobs = 0; jobs <= 9; jobs++) {
        const shares = streamShares(downloads, jobs);
        expect(downloads + shares.downloads + shares.jobs).toBeLessThanOrEqual(4);
      }
    }
  });

  it('go to a download first', () => {
    expect(streamShares(1, 5)).toEqual({ downloads: 1, jobs: 2 });
    expect(streamShares(4, 5)).toEqual({ downloads: 0, jobs: 0 });
    expect(streamShares(0, 1)).toEqual({ downloads: 0, jobs: 1 });
  });
});
