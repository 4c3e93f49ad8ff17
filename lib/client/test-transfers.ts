import type { ExportProgress } from '@/lib/contract/exports';
import type { Job } from '@/lib/contract/jobs';
import type { Save } from './transfers';

/** One transfer of each kind, for tests: what is given in place of what is usual. */

export function testDownload(change: Partial<ExportProgress> = {}): ExportProgress {
  return {
    ...{ id: 'a', cluster: 'demo', title: 'k.t', statement: 'SELECT * FROM k.t', format: 'csv', compression: 'none' },
    ...{ fileName: 'k.t.csv', state: 'running', rows: 10, bytes: 100, pages: 1, ringFraction: null, token: null },
    ...{
      startedAt: '2026-01-01T00:00:00.000Z',
      endedAt: null,
      elapsedMs: 1_000,
      sha256: null,
      error: null,
      scan: null,
    },
    ...change,
  };
}

export function testJob(change: Partial<Job> = {}): Job {
  return {
    ...{ id: 'a', kind: 'export', cluster: 'demo', title: 'k.t', statement: 'SELECT * FROM k.t', format: 'csv' },
    ...{ compression: 'none', consistency: 'LOCAL_ONE', directory: '/data/a', state: 'running', rows: 10, bytes: 100 },
    parts: [
      { name: 'one.csv', rows: 6, bytes: 60, sha256: 'ab' },
      { name: 'two.csv', rows: 4, bytes: 40, sha256: null },
    ],
    ...{ createdAt: '2026-01-01T00:00:00.000Z', startedAt: null, endedAt: null, elapsedMs: 1_000 },
    ...{ error: null, scan: null },
    ...change,
  };
}

export function testSave(change: Partial<Save> = {}): Save {
  return {
    ...{ key: 'k', cluster: 'demo', title: 'k.t', fileName: 'mine.csv', startedAt: '2026-01-01T00:00:00.000Z' },
    ...{ exportIds: ['a'], state: 'running', bytes: 100, rows: null, sha256: null, canGoOn: true, error: null },
    ...change,
  };
}
