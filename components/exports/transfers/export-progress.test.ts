import { describe, expect, it } from 'vitest';
import type { ExportProgress } from '@/lib/contract/exports';
import { exportStanding, newerOf } from './export-progress';

function progress(change: Partial<ExportProgress> = {}): ExportProgress {
  return {
    id: 'a',
    cluster: 'demo',
    title: 'k.t',
    statement: 'SELECT * FROM k.t',
    format: 'csv',
    compression: 'none',
    fileName: 'k.t.csv',
    state: 'running',
    rows: 10,
    bytes: 100,
    pages: 1,
    ringFraction: null,
    token: null,
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAt: null,
    elapsedMs: 1_000,
    sha256: null,
    error: null,
    scan: null,
    ...change,
  };
}

describe('how an export stands', () => {
  it('calls a file incomplete whenever it is', () => {
    expect(exportStanding(progress({ state: 'complete' })).advice).toBeUndefined();
    expect(exportStanding(progress({ state: 'stopped' })).advice).toContain('k.t.csv is incomplete');
    expect(exportStanding(progress({ state: 'failed', rows: 0 })).advice).toContain('No row was written');
  });
});

describe('the list and the export watched live', () => {
  it('shows whichever knows more', () => {
    const listed = progress({ elapsedMs: 2_000, rows: 20 });
    expect(newerOf(listed, progress({ elapsedMs: 2_500, rows: 25 })).rows).toBe(25);
    expect(newerOf(listed, progress({ elapsedMs: 1_500, rows: 15 })).rows).toBe(20);
    expect(newerOf(progress({ state: 'complete' }), progress({ elapsedMs: 9_000 })).state).toBe('complete');
    expect(newerOf(progress(), progress({ state: 'failed', elapsedMs: 1_000 })).state).toBe('failed');
    expect(newerOf(listed, null)).toBe(listed);
    expect(newerOf(listed, progress({ id: 'b', elapsedMs: 9_000 }))).toBe(listed);
  });
});
