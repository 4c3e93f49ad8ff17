import type { SharedPart } from '@/components/ui/states';
import type { Source } from '@/lib/client/transfers';
import type { ExportProgress } from '@/lib/contract/exports';
import type { Job } from '@/lib/contract/jobs';
import type { ScanProgress } from '@/lib/contract/scans';
import { TransferCard } from './transfer-item';

const SCAN: ScanProgress = {
  rows: 126_000,
  pages: 130,
  frameBytes: 18_000_000,
  ringFraction: 0.6,
  ring: `${'d'.repeat(60)}${'r'.repeat(12)}${'.'.repeat(48)}`,
  ranges: { total: 48, done: 26, running: 4, retried: 1, failed: 0 },
  concurrency: 4,
  estimatedRows: 200_000,
  rowsPerSecond: 41_000,
  estimatedLeftMs: 2_000,
  warnings: [],
  failures: [],
};
const TROUBLED: ScanProgress = {
  ...SCAN,
  ring: `${'d'.repeat(60)}${'t'.repeat(6)}${'x'.repeat(6)}${'.'.repeat(48)}`,
  ranges: { total: 48, done: 26, running: 0, retried: 3, failed: 1 },
  warnings: ['Read 1,204 live rows and 9,340 tombstones.'],
  failures: [
    {
      from: '-4123456789',
      to: '-4000000000',
      error: { code: 'read_timeout', message: '1 of 2 replicas answered in time.', retryable: true },
    },
  ],
};
const SHA256 = 'ab12'.repeat(16);

const DOWNLOAD: ExportProgress = {
  id: 'download',
  cluster: 'demo',
  title: 'flights.by_origin_day',
  statement: 'SELECT * FROM flights.by_origin_day',
  format: 'csv',
  compression: 'none',
  fileName: 'flights.by_origin_day.csv',
  state: 'running',
  rows: 126_000,
  bytes: 18_000_000,
  pages: 130,
  ringFraction: 0.6,
  token: null,
  startedAt: '2026-11-28T14:02:11.000Z',
  endedAt: null,
  elapsedMs: 3_100,
  sha256: null,
  error: null,
  scan: SCAN,
};

const JOB: Job = {
  id: 'job',
  kind: 'export',
  cluster: 'demo',
  title: 'flights.by_origin_day',
  statement: 'SELECT * FROM flights.by_origin_day',
  format: 'csv',
  compression: 'gzip',
  consistency: 'LOCAL_ONE',
  directory: '/data/exports/job',
  state: 'running',
  rows: 126_000,
  bytes: 18_000_000,
  parts: [
    { name: 'part-00001.csv.gz', rows: 100_000, bytes: 14_000_000, sha256: SHA256 },
    { name: 'part-00002.csv.gz', rows: 26_000, bytes: 4_000_000, sha256: null },
  ],
  createdAt: '2026-11-28T14:02:11.000Z',
  startedAt: '2026-11-28T14:02:11.000Z',
  endedAt: null,
  elapsedMs: 3_100,
  error: null,
  scan: SCAN,
};

const CHANGE: Partial<Job> = {
  kind: 'change',
  format: undefined,
  compression: undefined,
  rows: 120,
  scan: null,
  changed: { keyspace: 'flights', table: 'by_origin_day', mode: 'guarded' },
  changes: { applied: 117, unchanged: 0, notApplied: 2, refused: 0, unknown: 1 },
  parts: [
    { name: 'journal.ndjson', rows: 241, bytes: 61_000, sha256: SHA256 },
    { name: 'failed.ndjson', rows: 3, bytes: 900, sha256: SHA256 },
  ],
};

const draw = (source: Source) => () => <TransferCard source={source} />;
const download = (change: Partial<ExportProgress>) => draw({ kind: 'download', download: { ...DOWNLOAD, ...change } });
const job = (change: Partial<Job>) => draw({ kind: 'job', job: { ...JOB, ...change } });

const article = ['article', 'Export of flights.by_origin_day'] as const;
const jobArticle = ['article', 'Job of flights.by_origin_day'] as const;
const COMPARED = {
  compared: { sourceRows: 3_376, targetRows: 3_365, equal: 3_355, missing: 13, extra: 2, different: 8, kept: 23 },
  parts: [{ name: 'differences.ndjson', rows: 23, bytes: 1_532, sha256: SHA256 }],
};
const FAILED = {
  code: 'ranges_failed',
  message: 'A range could not be read.',
  hint: 'Resume retries it.',
  retryable: true,
} as const;

export const transferStates: SharedPart = {
  name: 'transfer',
  states: {
    'download runs': { draw: download({}), shows: [article, ['heading'], ['button', 'Stop']] },
    'download complete': {
      draw: download({ state: 'complete', sha256: SHA256, rows: 200_000, ringFraction: 1 }),
      shows: [article, ['button', 'Details of flights.by_origin_day']],
    },
    'download stopped': { draw: download({ state: 'stopped' }), shows: [article] },
    'download failed with missing ranges': {
      draw: download({ state: 'failed', scan: TROUBLED, error: FAILED }),
      shows: [article, ['alert'], ['note']],
    },
    'job waits': {
      draw: job({ state: 'waiting', scan: null, parts: [], rows: 0, bytes: 0 }),
      shows: [jobArticle, ['button', 'Pause'], ['button', 'Cancel']],
    },
    'job runs': { draw: job({}), shows: [jobArticle, ['button', 'Pause'], ['button', 'Cancel']] },
    'job paused': {
      draw: job({ state: 'paused' }),
      shows: [jobArticle, ['button', 'Resume'], ['button', 'Cancel'], ['button', 'Delete']],
    },
    'job failed': {
      draw: job({ state: 'failed', scan: TROUBLED, error: FAILED }),
      shows: [jobArticle, ['alert'], ['button', 'Resume'], ['button', 'Delete']],
    },
    'job cancelled': { draw: job({ state: 'cancelled' }), shows: [jobArticle, ['button', 'Delete']] },
    'job complete': {
      draw: job({ state: 'complete' }),
      shows: [jobArticle, ['button', 'Delete']],
    },
    'job that compared': {
      draw: job({ ...COMPARED, state: 'complete' }),
      shows: [jobArticle, ['button', 'Delete']],
    },
    'job of changed rows runs': {
      draw: job({ ...CHANGE, state: 'running', maxRowsPerSecond: 20 }),
      shows: [jobArticle, ['button', 'Rate…'], ['button', 'Pause']],
    },
    'job of changed rows complete': {
      draw: job({ ...CHANGE, state: 'complete' }),
      shows: [jobArticle, ['button', 'Undo or try again…'], ['button', 'Delete']],
    },
    'file on this computer, interrupted': {
      draw: draw({
        kind: 'file',
        download: undefined,
        save: {
          key: 'file',
          cluster: 'demo',
          title: 'flights.by_origin_day',
          fileName: 'flights.csv',
          startedAt: '2026-11-28T14:02:11.000Z',
          exportIds: ['download'],
          state: 'broken',
          bytes: 18_000_000,
          rows: null,
          sha256: null,
          canGoOn: true,
          error: null,
        },
      }),
      shows: [
        ['article', 'File of flights.by_origin_day'],
        ['button', 'Resume'],
      ],
    },
  },
};
