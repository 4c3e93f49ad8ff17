import { describe, expect, it } from 'vitest';
import type { LoadStanding } from '@/lib/contract/load-standing';
import { followOf } from './follow';
import { testJob } from './test-transfers';

describe('what follows', () => {
  it('changed rows: its rate, then its undo or its failed rows', () => {
    const changes = { applied: 0, unchanged: 1, notApplied: 0, refused: 0, unknown: 0 };
    const changed = { keyspace: 'ks', table: 't', mode: 'guarded' } as const;
    const follows = (job: Parameters<typeof testJob>[0]) => followOf(testJob({ changes, changed, ...job }));
    expect(follows({ state: 'running', maxRowsPerSecond: null })).toEqual({ by: 'rate' });
    expect(follows({ state: 'running' })).toBeNull();
    expect(follows({ state: 'complete' })).toBeNull();
    for (const field of ['applied', 'notApplied', 'refused', 'unknown'] as const) {
      const some = { changes: { ...changes, [field]: 1 } };
      for (const state of ['paused', 'failed', 'complete', 'cancelled'] as const) {
        expect(follows({ state, ...some })).toEqual({ by: 'again' });
      }
      expect(follows({ state: 'complete', ...some, changed: undefined })).toBeNull();
    }
    expect(follows({ state: 'complete', changes: undefined })).toBeNull();
    const all = { ...changes, applied: 1 };
    expect(follows({ state: 'complete', changes: all, withheld: 'You may not.' })).toBeNull();
  });

  it('copied rows or loaded records: what could not be written, once the job has ended', () => {
    const follows = (job: Parameters<typeof testJob>[0]) => followOf(testJob(job));
    const into = { keyspace: 'ks', table: 't' };
    const copied = {
      read: 2,
      applied: 1,
      refused: 0,
      unknown: 0,
      skipped: 1,
      merged: 0,
      readBack: null,
      compared: null,
    };
    const copy = { copiedTo: { cluster: 'b', ...into }, state: 'complete' } as const;
    expect(follows({ ...copy, copied })).toBeNull();
    expect(follows({ ...copy, copied: { ...copied, refused: 1 } })).toEqual({ by: 'copy' });
    expect(follows({ ...copy, copied: { ...copied, unknown: 1 }, state: 'running' })).toBeNull();
    expect(follows({ ...copy, copied: { ...copied, unknown: 1 }, copiedTo: undefined })).toBeNull();
    const load: LoadStanding = {
      ...{ doing: 'writing' as const, read: 2, written: 2, bad: 0, refused: 0, unknown: 0, bytes: 9, totalBytes: 9 },
      ...{ rowsPerSecond: null, verified: null },
    };
    const loading = { loaded: into, state: 'failed' } as const;
    expect(follows({ ...loading, load })).toBeNull();
    for (const lost of ['bad', 'refused', 'unknown'] as const) {
      expect(follows({ ...loading, load: { ...load, [lost]: 1 } })).toEqual({ by: 'load', ...into });
    }
  });
});
