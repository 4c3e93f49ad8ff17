import { describe, expect, it } from 'vitest';
import { failedRowsOf } from './job-failures';

const LOAD = {
  ...{ doing: 'verifying' as const, read: 10, written: 10, bad: 0, refused: 0, unknown: 0 },
  ...{ bytes: 1, totalBytes: 1, rowsPerSecond: null, verified: null },
};
const VERIFIED = { extent: 'full' as const, rows: 10, equal: 10, different: 0, missing: 0, overwritten: 0 };
const COPIED = {
  ...{ read: 10, applied: 10, refused: 0, unknown: 0, skipped: 0, merged: 0 },
  ...{ readBack: null, compared: null },
};
const READ_BACK = { by: 'range' as const, written: 10, found: 10, lacking: 0, ranges: [] };
const COMPARED = { sourceRows: 10, targetRows: 10, equal: 10, missing: 0, extra: 0, different: 0, kept: 0 };

describe('the failed rows of a job', () => {
  it.each<[string, Parameters<typeof failedRowsOf>[0], number]>([
    ['an export', {}, 0],
    ['a load of everything', { load: { ...LOAD, verified: { ...VERIFIED, overwritten: 3 } } }, 0],
    ['a load with failures', { load: { ...LOAD, bad: 1, refused: 2, unknown: 4 } }, 7],
    ['a load that was not found', { load: { ...LOAD, verified: { ...VERIFIED, different: 1, missing: 2 } } }, 3],
    ['a copy of everything', { copied: { ...COPIED, skipped: 5, merged: 2, readBack: READ_BACK } }, 0],
    ['a copy into a table that has more', { copied: { ...COPIED, readBack: { ...READ_BACK, found: 12 } } }, 0],
    ['a copy with failures', { copied: { ...COPIED, refused: 1, unknown: 2 } }, 3],
    ['a copy that was not found', { copied: { ...COPIED, readBack: { ...READ_BACK, found: 7, lacking: 2 } } }, 3],
    ['one that lacks in one range', { copied: { ...COPIED, readBack: { ...READ_BACK, found: 11, lacking: 1 } } }, 1],
    ['a copy with other values', { copied: { ...COPIED, compared: { ...COMPARED, different: 1, extra: 9 } } }, 1],
  ])('%s', (_what, job, rows) => {
    expect(failedRowsOf(job)).toBe(rows);
  });
});
