import { describe, expect, it } from 'vitest';
import type { Row } from '@/lib/client/stream-events';
import { AS_READ } from '@/lib/local/local-view';
import { NOT_READ, type ReadState } from '@/lib/reader/read-state';
import { type ResultState, ResultStore } from '@/lib/reader/result-state';
import { windowOf } from '@/lib/reader/whole';
import { costText, refusalText, standingOf } from './local-words';

const ROWS = Array.from({ length: 268 }, (_, at): Row => [at]);
const SORTED = { sort: [{ column: 'delay', descending: true }], quick: '' };
const FILTERED = { ...AS_READ, quick: 'dest=PDX' };
const PAGE_FAILED = { code: 'read_timeout', message: 'It took too long.', retryable: true } as const;

function standing(
  state: Partial<ResultState>,
  reading: Partial<ReadState> = {},
  more: Partial<Parameters<typeof standingOf>[0]> = {},
) {
  const whole = { ...new ResultStore(windowOf(ROWS)).get(), reading: { ...NOT_READ, ...reading }, ...state };
  return standingOf({
    view: SORTED,
    state: whole,
    repeatable: true,
    problem: null,
    arrangement: { state: 'waiting' },
    ...more,
  }).text;
}

describe('how the rows stand', () => {
  it('is sorted or filtered here, of how many rows, and that they are all', () => {
    const arrangement = { state: 'arranged', shown: 268, of: 268 } as const;
    const state = { whole: 'whole' } as const;
    expect(standing(state, {}, { arrangement })).toBe(
      'Sorted here by delay, descending: 268 rows, complete. Nulls last.',
    );
    const few = { ...arrangement, shown: 12 };
    expect(standing(state, {}, { view: FILTERED, arrangement: few })).toBe('Filtered here: 12 of 268 rows, complete');
    expect(standing(state, {}, { view: { ...SORTED, quick: 'x' }, arrangement: few })).toBe(
      'Sorted here by delay, descending: 12 of 268 rows, complete. Nulls last.',
    );
    const changed = { ...state, window: { ...windowOf(ROWS), changed: true } };
    expect(standing(changed, {}, { arrangement })).toMatch(/268 rows, rows changed while they were read: Refresh/);
    expect(standing(state, { total: 268 })).toBe('Arranging 268 rows…');
  });

  it('is why they are not sorted, while that is so', () => {
    const asked = { whole: 'asked' } as const;
    expect(standing(asked, { phase: 'reading' })).toBe('Reading all rows first: 268 rows so far…');
    expect(standing(asked, { phase: 'stopped' })).toBe(
      'Not sorted: you stopped reading after 268 rows. Resume to read the rest.',
    );
    expect(standing(asked, { phase: 'failed' })).toBe('Not sorted: reading failed after 268 rows.');
    expect(standing({ ...asked, refillError: PAGE_FAILED }, { phase: 'complete' })).toBe(
      'Not sorted: rows that had left memory could not be reread. It took too long.',
    );
    expect(standing(asked, {}, { problem: 'this view has no column gone' })).toBe(
      'Not sorted: this view has no column gone.',
    );
    expect(standing(asked, { phase: 'paused' }, { repeatable: false })).toBe(
      'Not sorted: not all rows of this statement were returned, and it is not run twice.',
    );
    expect(standing({ whole: 'too_many_rows' }, {}, { view: FILTERED })).toMatch(
      /^Not filtered: the result has more than 100,000 rows/,
    );
    expect(standing({ whole: 'whole' }, {}, { arrangement: { state: 'failed', why: 'broken' } })).toBe(
      'Not sorted: broken',
    );
  });
});

describe('what it takes', () => {
  it('is said before it is asked for', () => {
    expect(costText({ kind: 'whole', rows: 3 }, NOT_READ)).toBeNull();
    expect(costText({ kind: 'readable', rows: 1_250 }, NOT_READ)).toBe(
      'Reads all rows first (1,250 so far, 100,000 at most).',
    );
    expect(costText({ kind: 'refused', why: 'once' }, NOT_READ)).toMatch(/^Not possible here: not all rows/);
  });

  it('names how many rows there are, as far as that is known', () => {
    const sampled: ReadState = { ...NOT_READ, phase: 'paused', sample: { rows: 2_000, share: 0.01 } };
    expect(refusalText('too_many_rows', sampled)).toMatch(
      /^the result has about 200,000 rows, and at most 100,000 rows or 64(\.0)? MiB/,
    );
    expect(refusalText('too_many_bytes', NOT_READ)).toMatch(/^the result is larger than 64/);
  });
});
