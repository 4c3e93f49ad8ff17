import { describe, expect, it } from 'vitest';
import { testDownload, testJob, testSave } from '@/lib/client/test-transfers';
import { type Source, type Transfer, transferOf } from '@/lib/client/transfers';
import { EXPORT_STATES } from '@/lib/contract/exports';
import { JOB_STATES } from '@/lib/contract/jobs';
import type { ScanProgress } from '@/lib/contract/scans';
import { factsOf, labelOf, noteOf, standingOf } from './transfer-words';

const scan: ScanProgress = {
  rows: 1_000,
  pages: 10,
  frameBytes: 50_000,
  ringFraction: 0.25,
  ring: 'd'.repeat(30) + '.'.repeat(90),
  ranges: { total: 64, done: 16, running: 2, retried: 0, failed: 0 },
  concurrency: 2,
  estimatedRows: 4_000,
  rowsPerSecond: 500.4,
  estimatedLeftMs: 6_000,
  warnings: [],
  failures: [],
};

const standing = (source: Source) => standingOf(transferOf(source));
const job = (change: Parameters<typeof testJob>[0]) => standing({ kind: 'job', job: testJob(change) });
const download = (change: Parameters<typeof testDownload>[0]) =>
  standing({ kind: 'download', download: testDownload(change) });
const file = (change: Parameters<typeof testSave>[0]) =>
  standing({ kind: 'file', save: testSave(change), download: undefined });

describe('a transfer’s state', () => {
  it('has one word for each state, wherever it is seen', () => {
    const labels = (states: readonly { label: string }[]) => states.map(({ label }) => label);
    expect(labels(JOB_STATES.map((state) => job({ state })))).toEqual([
      ...['Queued', 'Running', 'Paused', 'Failed', 'Complete', 'Cancelled'],
    ]);
    expect(labels(EXPORT_STATES.map((state) => download({ state })))).toEqual([
      ...['Running', 'Complete', 'Stopped', 'Failed'],
    ]);
    expect(labels((['running', 'complete', 'stopped', 'broken'] as const).map((state) => file({ state })))).toEqual([
      ...['Running', 'Complete', 'Stopped', 'Interrupted'],
    ]);
  });

  it('calls a file of a download incomplete whenever it is', () => {
    expect(download({ state: 'complete' }).advice).toBeUndefined();
    expect(download({ state: 'stopped' }).advice).toContain('k.t.csv is incomplete');
    expect(download({ state: 'failed', rows: 0 }).advice).toContain('No rows were written');
  });

  it('calls a directory incomplete whenever rows are missing and nothing is running', () => {
    const advised = JOB_STATES.filter((state) => job({ state }).advice?.includes('is incomplete'));
    expect(advised).toEqual(['paused', 'failed', 'cancelled']);
    expect(job({ state: 'paused' }).advice).toContain('1 complete part so far');
  });

  it('says which right is missing where a job may not go on, nor its files be taken', () => {
    const withheld = 'You may not do this: it needs export on k.t of demo.';
    const paused = testJob({ state: 'paused', withheld });
    expect(transferOf({ kind: 'job', job: paused }).can).toEqual(['cancel', 'delete']);
    const advised = (change: Parameters<typeof testJob>[0]) => job({ ...change, withheld }).advice;
    expect(advised({ state: 'paused' })).toMatch(
      /cannot be resumed\. Its files cannot be downloaded\. You may not do this: it/,
    );
    expect(advised({ state: 'complete' })).toBe(`Its files cannot be downloaded. ${withheld}`);
    expect(advised({ state: 'complete', parts: [] })).toBe(withheld);
    expect(advised({ state: 'running' })).toBeUndefined();
  });

  it('offers to resume a job that can be resumed, and no other', () => {
    const error = { code: 'ranges_failed', message: 'Some are missing.', retryable: true } as const;
    const gone = { ...error, code: 'table_truncated' } as const;
    const resumable = JOB_STATES.filter((state) => job({ state }).advice?.includes('Resume continues'));
    expect(resumable).toEqual(['paused', 'failed']);
    expect(job({ state: 'failed', error }).advice).toContain('Resume continues');
    expect(job({ state: 'failed', error: gone }).advice).toContain('cannot be resumed');
  });

  it('says what can be done with a file on this computer', () => {
    expect(file({ state: 'complete' }).advice).toBeUndefined();
    expect(file({ state: 'stopped' }).advice).toContain('mine.csv is incomplete');
    expect(file({ state: 'broken' }).advice).toContain('Resume continues');
    expect(file({ state: 'broken', canGoOn: false }).advice).toContain('Start over');
  });
});

describe('what a transfer is called', () => {
  it('names its kind, and what it writes', () => {
    const sources: Source[] = [
      { kind: 'job', job: testJob({ compression: 'gzip' }) },
      { kind: 'download', download: testDownload() },
      { kind: 'file', save: testSave({ exportIds: ['a', 'b'] }), download: undefined },
      { kind: 'file', save: testSave({ exportIds: ['a', 'b', 'c'] }), download: undefined },
    ];
    const transfers = sources.map(transferOf);
    expect(transfers.map(labelOf)).toEqual(['Job of k.t', 'Export of k.t', 'File of k.t', 'File of k.t']);
    const notes = transfers.map((transfer) => noteOf(transfer).split(' · '));
    expect(notes.map((parts) => parts.filter((part) => !part.includes('2026') && !part.includes('2025')))).toEqual([
      ['csv, gzip', 'LOCAL_ONE'],
      ['k.t.csv'],
      ['mine.csv on this computer', 'resumed once'],
      ['mine.csv on this computer', 'resumed 2 times'],
    ]);
  });
});

describe('what is said of an export', () => {
  const running = (change: Partial<Transfer>) => factsOf({ ...transferOf({ kind: 'job', job: testJob() }), ...change });
  const ended = (change: Partial<Transfer>) =>
    factsOf({ ...transferOf({ kind: 'job', job: testJob({ state: 'complete' }) }), ...change });

  it('while it runs: facts, and estimates by their name', () => {
    expect(running({ scan, rows: 900, bytes: 2_048 })).toEqual([
      '25 % of ring',
      '900 rows',
      '2.00 KiB',
      '500 rows/s',
      'about 6.0 s left (estimate)',
      '~4,000 rows in total (estimate)',
      '2 pages at once',
    ]);
    expect(running({ scan: { ...scan, waitsFor: 3 }, rows: 900, bytes: 2_048 })[0]).toBe('waiting for 3 other reads');
    expect(running({ scan: null, rows: null, bytes: 0 })).toEqual(['0 B']);
  });

  it('at the end: all of it, or how far it got', () => {
    const moved = { rows: 1_000, bytes: 2_048 };
    expect(ended({ ...moved, elapsedMs: 2_000, fraction: 1, rowsPerSecond: 500 })).toEqual([
      '1,000 rows',
      '2.00 KiB (2,048 bytes)',
      '2.0 s',
      '500 rows/s',
    ]);
    expect(ended({ ...moved, state: 'stopped', elapsedMs: null, fraction: 0.25, rowsPerSecond: null })).toEqual([
      'ended after 1,000 rows',
      '2.00 KiB (2,048 bytes)',
      '25 % of ring',
    ]);
    expect(ended({ rows: 0, bytes: 0, elapsedMs: null, rowsPerSecond: null })).toEqual(['0 rows', '0 B']);
  });
});
