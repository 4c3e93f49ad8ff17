import { describe, expect, it } from 'vitest';
import type { LastRun } from '@/lib/contract/history';
import { runsWords, runWords } from './last-runs';

const run = (id: number, change: Partial<LastRun> = {}): LastRun => ({
  ...{ id: String(id), at: '2026-11-29T06:00:00Z', outcome: 'complete', rows: 268, elapsedMs: id * 10 },
  ...change,
});

describe('the last runs of a statement', () => {
  it('are put into words', () => {
    expect(runWords(run(1, { outcome: 'schema_change', rows: 1 }))).toBe('10 ms · 1 row · schema changed');
    expect(runWords(run(1, { applied: 'not_applied', rows: 1 }))).toBe('10 ms · 1 row · not applied');
    expect(runsWords([run(4), run(1), run(2)])).toBe('3 runs: 10 ms to 40 ms, the last 20 ms');
  });
});
