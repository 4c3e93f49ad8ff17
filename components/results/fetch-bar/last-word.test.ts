import { describe, expect, it } from 'vitest';
import { NOT_READ } from '@/lib/reader/read-state';
import { lastWord } from './last-word';

const LIMIT = { code: 'limit_reached', message: 'This ended after 100 rows.', retryable: false } as const;

describe('the last word', () => {
  it.each([
    [{ phase: 'reading' }, 'Reading…'],
    [{ phase: 'reading', waitsFor: 1 }, 'Waiting for 1 other read…'],
    [{ phase: 'reading', waitsFor: 3 }, 'Waiting for 3 other reads…'],
    [{ phase: 'stopped', waitsFor: 3 }, 'Stopped by you'],
    [{ phase: 'paused' }, 'Paused: more rows below'],
    [{ phase: 'paused', more: { above: true, below: false } }, 'Paused: more rows above'],
    [{ phase: 'paused', more: { above: true, below: true } }, 'Paused: more rows above and below'],
    [{ phase: 'complete', result: 'rows' }, 'Complete'],
    [{ phase: 'complete', result: 'schema_change' }, 'Done'],
    [{ phase: 'stopped' }, 'Stopped by you'],
    [{ phase: 'failed', rows: 12_000 }, 'Incomplete: failed after row 12,000'],
    [{ phase: 'failed', rows: 100, error: LIMIT }, 'Incomplete: your role’s limit after row 100'],
    [{ phase: 'failed', rows: 5, disconnected: true }, 'Incomplete: disconnected after row 5, retrying'],
  ] as const)('for %j', (state, word) => {
    expect(lastWord({ ...NOT_READ, ...state })).toBe(word);
  });
});
