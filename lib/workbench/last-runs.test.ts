import { describe, expect, it } from 'vitest';
import type { ListedEntry } from '@/lib/contract/history';
import { lastRuns, runsWords, runWords } from './last-runs';

const entry = (id: number, change: Partial<ListedEntry> = {}): ListedEntry => ({
  ...{ id: String(id), statement: 'SELECT 1', keyspace: 'a', at: '2026-11-29T06:00:00Z', outcome: 'complete' },
  ...{
    rows: 268,
    elapsedMs: id * 10,
    who: 'me',
    isRedacted: false,
    consistency: 'ONE',
    isWrite: false,
    cost: 'partition',
  },
  characters: 8,
  ...change,
});

describe('the last runs of a statement', () => {
  it('are its own, the oldest first, and only so many', () => {
    const history = [
      entry(5, { statement: 'SELECT 1 ' }),
      entry(4, { keyspace: 'b' }),
      entry(3, { statement: 'SELECT 2' }),
      entry(2),
    ];
    const wanted = { statement: 'SELECT 1', keyspace: 'a' };
    expect(lastRuns(history, wanted).map(({ id }) => id)).toEqual(['2', '5']);
    const many = Array.from({ length: 30 }, (_, at) => entry(30 - at));
    expect(lastRuns(many, wanted).map(({ id }) => Number(id))).toEqual(Array.from({ length: 20 }, (_, at) => at + 11));
  });

  it('are put into words', () => {
    expect(runWords(entry(1, { outcome: 'schema_change', rows: 1 }))).toBe('10 ms · 1 row · schema changed');
    expect(runsWords([entry(4), entry(1), entry(2)])).toBe('3 runs: 10 ms to 40 ms, the last 20 ms');
  });
});
