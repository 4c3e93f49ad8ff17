import { describe, expect, it } from 'vitest';
import type { Comparison } from '@/lib/local/compare';
import { countWords, doubtWords } from './compare-words';

const WHOLE = { held: 5, read: 5, isWhole: true, isRead: true };
const SOME = { held: 100, read: 100, isWhole: false, isRead: false };
const NONE: Comparison = {
  columns: [],
  rows: { before: 5, after: 5 },
  counts: { same: 1_234, changed: 0, added: 2, gone: 1 },
  differences: [
    { kind: 'added', after: [1] },
    { kind: 'added', after: [2] },
    { kind: 'gone', before: [3] },
  ],
  beyond: 0,
};

describe('a comparison says', () => {
  it('how many rows differ', () => {
    expect(countWords(NONE.counts)).toBe('2 added · 1 gone · 0 changed · 1,234 the same');
  });

  it('what it does not know', () => {
    expect(doubtWords(WHOLE, WHOLE, NONE)).toBe('');
    expect(doubtWords(SOME, WHOLE, NONE)).toBe(
      'Only the first 100 rows of the pinned result are compared: a row that was not read counts as added or gone.',
    );
    expect(doubtWords(WHOLE, WHOLE, { ...NONE, beyond: 3, differences: [] })).toBe(
      'At most 20,000 rows are compared: 3 more are not. The first 0 of 3 differences are listed.',
    );
  });
});
