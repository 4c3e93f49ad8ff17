import { describe, expect, it } from 'vitest';
import { decideFault, type Fault, faultKind } from './faults';

const fault = (more: Partial<Fault>): Fault => ({
  kind: 'range',
  attempts: 1,
  failingMs: 0,
  isSilent: false,
  isKnownSilent: false,
  splits: 0,
  canSplit: true,
  isBeginning: false,
  ...more,
});
const action = (more: Partial<Fault>) => decideFault(fault(more)).action;

describe('decideFault', () => {
  it('waits longer with each try, a few seconds at most', () => {
    const waits = [1, 2, 3, 9].map((attempts) => decideFault(fault({ kind: 'node', attempts })));
    expect(waits).toEqual([100, 200, 400, 4_000].map((afterMs) => ({ action: 'retry', afterMs })));
  });

  it('splits what cannot be read after four tries, its parts after two, at most twelve times', () => {
    expect([1, 2, 3, 4].map((attempts) => action({ attempts }))).toEqual(['retry', 'retry', 'retry', 'split']);
    expect([1, 2].map((attempts) => action({ attempts, splits: 3 }))).toEqual(['retry', 'split']);
    expect(action({ attempts: 2, splits: 12 })).toBe('give_up');
    expect(action({ attempts: 4, canSplit: false })).toBe('give_up');
  });

  it('waits half a minute for a node that is gone, and less while there is nothing to lose', () => {
    for (const kind of ['node', 'load'] as const) {
      expect(action({ kind, attempts: 20, failingMs: 29_000 })).toBe('retry');
      expect(action({ kind, attempts: 20, failingMs: 31_000 })).toBe('give_up');
      expect(action({ kind, attempts: 1, failingMs: 31_000 })).toBe('retry');
      expect(action({ kind, attempts: 4, failingMs: 5_000, isBeginning: true })).toBe('give_up');
    }
  });

  it('splits no further into a silence of a minute, and gives up the rest of the silent replicas at once', () => {
    const silent = { isSilent: true, failingMs: 61_000 };
    expect(action({ ...silent, attempts: 2, splits: 1 })).toBe('split');
    expect(action({ ...silent, splits: 2 })).toBe('give_up');
    expect(action({ ...silent, isKnownSilent: true })).toBe('give_up');
    expect(action({ ...silent, attempts: 2, splits: 2, failingMs: 59_000 })).toBe('split');
    expect(action({ ...silent, attempts: 2, splits: 2, isSilent: false })).toBe('split');
  });

  it('stops immediately when no retry can help', () => {
    for (const code of ['invalid_statement', 'unauthorized', 'schema_changed', 'syntax_error'] as const) {
      expect(faultKind(code)).toBe('fatal');
    }
    expect(action({ kind: 'fatal' })).toBe('stop');
  });
});
