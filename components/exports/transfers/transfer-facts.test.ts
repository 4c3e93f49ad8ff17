import { describe, expect, it } from 'vitest';
import type { ScanProgress } from '@/lib/contract/scans';
import { endedFacts, runningFacts } from './transfer-facts';

const scan: ScanProgress = {
  rows: 1_000,
  pages: 10,
  frameBytes: 50_000,
  ringFraction: 0.25,
  ring: 'd'.repeat(30) + '.'.repeat(90),
  ranges: { total: 64, done: 16, running: 2, retried: 0, failed: 0 },
  concurrency: 2,
  estimatedRows: 4_000,
  rowsPerSecond: 500.4,
  estimatedLeftMs: 6_000,
  warnings: [],
  failures: [],
};

describe('what is said of an export', () => {
  it('while it runs: facts, and estimates by their name', () => {
    expect(runningFacts(scan, { rows: 900, bytes: 2_048 })).toEqual([
      '25 % of ring',
      '900 rows',
      '2.00 KiB',
      '500 rows/s',
      'about 6.0 s left (estimate)',
      '~4,000 rows in all (estimate)',
      '2 pages at once',
    ]);
    expect(runningFacts({ ...scan, waitsFor: 3 }, { rows: 900, bytes: 2_048 })[0]).toBe('waits for 3 other reads');
    expect(runningFacts(null, { rows: null, bytes: 0 })).toEqual(['0 B']);
  });

  it('in the end: all of it, or how far it got', () => {
    const moved = { rows: 1_000, bytes: 2_048 };
    expect(endedFacts(moved, { complete: true, elapsedMs: 2_000, fraction: 1 })).toEqual([
      '1,000 rows',
      '2.00 KiB (2,048 bytes)',
      '2.0 s',
      '500 rows/s',
    ]);
    expect(endedFacts(moved, { complete: false, elapsedMs: null, fraction: 0.25 })).toEqual([
      'ended after 1,000 rows',
      '2.00 KiB (2,048 bytes)',
      '25 % of ring',
    ]);
  });
});
