import { ignore, type SharedPart } from '@/components/ui/states';
import type { ApiError } from '@/lib/contract/errors';
import type { PageFrame } from '@/lib/contract/frames';
import { NOT_READ, type ReadState } from '@/lib/reader/read-state';
import { rowsReached } from '@/lib/rights/limit-texts';
import { FetchBar } from './fetch-bar';
import type { FetchBarProps } from './fetch-bar-props';

const PAGE: PageFrame = {
  index: 11,
  rows: 1_000,
  totalRows: 12_000,
  bytes: 158_000,
  elapsedMs: 14.2,
  token: '-4123456789',
  ringFraction: 0.63,
  cursor: 'next',
  coordinator: '127.0.0.2',
  consistency: 'LOCAL_ONE',
  warnings: [],
};

const READ: ReadState = {
  ...NOT_READ,
  header: {
    columns: [{ name: 'origin', type: 'text', kind: 'partition_key' }],
    consistency: 'LOCAL_ONE',
    statement: 'SELECT origin FROM flights.by_origin_day',
  },
  rows: 12_000,
  pages: 12,
  bytes: 1_900_000,
  page: PAGE,
  latenciesMs: [9, 14, 11, 32, 12, 14],
  asOfMs: 0,
};

const TIMEOUT: ApiError = {
  code: 'read_timeout',
  message: '1 of 2 replicas answered in time.',
  hint: 'Read fewer rows per page, or wait for the nodes.',
  detail: 'ReadTimeout: received 1, required 2',
  retryable: true,
};
export const LIMIT: ApiError = rowsReached({ most: 1_000, role: 'reports' }, 1_000);
const TRUNCATED: ApiError = {
  code: 'table_truncated',
  message: 'The table was truncated while it was read.',
  retryable: false,
};

const ACTIONS = { onReadOn: ignore, onStop: ignore, onResume: ignore, onRestart: ignore };

/** The bar of a read of 12 pages, with the given differences. */
export function barOf(reading: Partial<ReadState>, props: Partial<FetchBarProps> = {}) {
  const whole = { ...READ, ...reading };
  return <FetchBar reading={whole} share={0.63} reached={null} notes={[]} repeatable {...ACTIONS} {...props} />;
}

const ring = ['progressbar', 'Share of the token ring read'] as const;
const bar = ['region', 'Reading'] as const;

export const fetchBarStates: SharedPart = {
  name: 'fetch-bar',
  states: {
    'first page on its way': {
      draw: () => barOf({ ...NOT_READ, phase: 'reading' }, { share: null }),
      shows: [bar, ['status'], ['button', 'Stop']],
    },
    'reading a page': { draw: () => barOf({ phase: 'reading' }), shows: [bar, ring, ['status'], ['button', 'Stop']] },
    'reading on': {
      draw: () => barOf({ phase: 'reading', mode: 'on', pace: { sinceMs: 0, rowsBefore: 2_000, untilMs: 800 } }),
      shows: [bar, ring, ['button', 'Stop']],
    },
    'waiting for other reads': {
      draw: () => barOf({ phase: 'reading', waitsFor: 2 }),
      shows: [bar, ['status'], ['button', 'Stop']],
    },
    'paused: more below': {
      draw: () => barOf({ phase: 'paused' }),
      shows: [bar, ring, ['status'], ['button', 'Read on']],
    },
    'paused: more above and below': {
      draw: () => barOf({ phase: 'paused', more: { above: true, below: true } }),
      shows: [bar, ['button', 'Read on']],
    },
    'inside one partition': {
      draw: () => barOf({ phase: 'paused' }, { share: null, reached: '2001-01-09 06:30:00.000' }),
      shows: [bar, ['button', 'Read on']],
    },
    complete: {
      draw: () => barOf({ phase: 'complete', result: 'rows' }, { share: 1 }),
      shows: [bar, ring, ['status']],
    },
    'stopped by a person': {
      draw: () => barOf({ phase: 'stopped' }),
      shows: [bar, ring, ['status'], ['button', 'Resume']],
    },
    'stopped, cannot be repeated': {
      draw: () => barOf({ phase: 'stopped' }, { repeatable: false }),
      shows: [bar, ['status']],
    },
    'failed, can go on': {
      draw: () => barOf({ phase: 'failed', error: TIMEOUT }),
      shows: [bar, ['status'], ['button', 'Why?'], ['button', 'Resume']],
    },
    'ended by a limit': {
      draw: () => barOf({ phase: 'failed', error: LIMIT }),
      shows: [bar, ['status'], ['button', 'Why?'], ['button', 'Resume']],
    },
    'failed, must start again': {
      draw: () => barOf({ phase: 'failed', error: TRUNCATED }),
      shows: [bar, ['status'], ['button', 'Why?'], ['button', 'Start again']],
    },
    disconnected: {
      draw: () => barOf({ phase: 'failed', error: TIMEOUT, disconnected: true }),
      shows: [bar, ['status']],
    },
    warnings: {
      draw: () =>
        barOf(
          { phase: 'paused', warnings: ['Read 1,204 live rows and 9,340 tombstones.'] },
          { notes: ['Rows have changed.'] },
        ),
      shows: [bar, ['button', '2 warnings']],
    },
  },
};
