import { Button } from '@/components/ui/button';
import type { SharedPart } from '@/components/ui/states';
import type { ScanProgress } from '@/lib/contract/scans';
import { Checksum } from './checksum';
import { Transfer, type TransferProps } from './transfer';

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

const RUNNING: TransferProps = {
  label: 'Export of flights.by_origin_day',
  cluster: 'demo',
  title: 'flights.by_origin_day',
  statement: 'SELECT * FROM flights.by_origin_day',
  standing: { tone: 'accent', label: 'Running' },
  note: 'flights.by_origin_day.csv · 28 Nov 2026, 14:02:11',
  running: true,
  scan: SCAN,
  fraction: 0.6,
  facts: ['60 % of ring', '126,000 rows', '18 MB'],
  error: null,
  actions: <Button size="sm">Stop</Button>,
};

const item = (props: Partial<TransferProps>) => () => <Transfer {...RUNNING} {...props} />;
const article = ['article', 'Export of flights.by_origin_day'] as const;
const ended = { running: false, scan: TROUBLED, actions: <Button size="sm">Resume</Button> };

export const transferStates: SharedPart = {
  name: 'transfer',
  states: {
    waiting: {
      draw: item({ standing: { tone: 'neutral', label: 'Waiting' }, scan: null, fraction: null, facts: [] }),
      shows: [article, ['button', 'Stop']],
    },
    running: { draw: item({}), shows: [article, ['heading'], ['button', 'Stop']] },
    paused: {
      draw: item({
        ...ended,
        scan: SCAN,
        standing: { tone: 'warn', label: 'Paused', advice: 'The directory is incomplete.' },
      }),
      shows: [article, ['button', 'Resume']],
    },
    'failed with missing ranges': {
      draw: item({
        ...ended,
        standing: { tone: 'danger', label: 'Failed', advice: 'The file is incomplete.' },
        error: { message: 'A range could not be read.', hint: 'Resume reads it again.', detail: 'ReadTimeout' },
      }),
      shows: [article, ['alert'], ['note'], ['button', 'Resume']],
    },
    complete: {
      draw: item({
        running: false,
        standing: { tone: 'ok', label: 'Complete' },
        scan: { ...SCAN, ring: 'd'.repeat(120), ringFraction: 1 },
        fraction: 1,
        facts: ['200,000 rows', '29 MB (29,012,345 bytes)', '4.8 s'],
        actions: null,
        children: <Checksum sha256={'ab12'.repeat(16)} />,
      }),
      shows: [article, ['button', 'Copy the SHA-256 sum']],
    },
  },
};
