import { ignore, type SharedPart } from '@/components/ui/states';
import { AS_READ, type LocalView } from '@/lib/local/local-view';
import { NOT_READ, type ReadState } from '@/lib/reader/read-state';
import { type ResultState, ResultStore } from '@/lib/reader/result-state';
import { windowOf } from '@/lib/reader/whole';
import LocalBar from './local-bar';
import { readerOf } from './test-reader';
import type { Local } from './use-local';

const COLUMNS = [{ key: 'delay', source: 0, type: { kind: 'native', name: 'int' }, isShown: true }] as const;
const SORTED: LocalView = { sort: [{ column: 'delay', descending: true }], quick: '' };
const TIMEOUT = { code: 'read_timeout', message: 'No replica answered in time.', retryable: true } as const;

/** The bar over 268 rows; its reader never starts, so nothing is read. */
function barOf(
  view: LocalView,
  reading: Partial<ReadState>,
  state: Partial<ResultState> = {},
  refused: string | null = null,
) {
  const window = windowOf(Array.from({ length: 268 }, (_, row) => [row]));
  const whole: ResultState = { ...new ResultStore(window).get(), reading: { ...NOT_READ, ...reading }, ...state };
  const local: Local = {
    ...{ view, change: ignore, columns: COLUMNS, isOpen: true, isFiltering: false, openFilter: ignore },
    ...{ end: ignore, refused, press: ignore, summaryOf: null, summarize: ignore },
  };
  return <LocalBar reader={readerOf([])} state={whole} local={local} onEnd={ignore} />;
}

const bar = ['region', 'Sorted and filtered here'] as const;
const field = ['searchbox', 'Filter the rows here'] as const;
const end = ['button', 'Show the rows as they were read'] as const;

export const localBarStates: SharedPart = {
  name: 'sorted-and-filtered-here',
  states: {
    'nothing asked for': { draw: () => barOf(AS_READ, { phase: 'complete' }), shows: [bar, field, end] },
    'rows left to read': {
      draw: () => barOf(AS_READ, { phase: 'reading' }),
      shows: [bar, field, ['button', 'Read all rows'], end],
    },
    'reading all rows': {
      draw: () => barOf(SORTED, { phase: 'reading' }, { whole: 'asked' }),
      shows: [bar, ['status'], end],
    },
    'stopped before the end': {
      draw: () => barOf(SORTED, { phase: 'stopped' }, { whole: 'asked' }),
      shows: [bar, ['status'], end],
    },
    'rows could not be reread': {
      draw: () => barOf(SORTED, { phase: 'complete' }, { whole: 'asked', refillError: TIMEOUT }),
      shows: [bar, ['status'], ['button', 'Retry'], end],
    },
    arranging: { draw: () => barOf(SORTED, { phase: 'complete' }, { whole: 'whole' }), shows: [bar, ['status'], end] },
    'too many rows': {
      draw: () => barOf(SORTED, { phase: 'paused' }, { whole: 'too_many_rows' }),
      shows: [bar, ['status'], end],
    },
    'a header that cannot sort was pressed': {
      draw: () => barOf(AS_READ, { phase: 'paused' }, { whole: 'too_many_rows' }, 'delay'),
      shows: [bar, ['status'], end],
    },
    'no such column': {
      draw: () => barOf({ sort: [{ column: 'gone', descending: false }], quick: '' }, { phase: 'complete' }),
      shows: [bar, ['status'], end],
    },
  },
};
