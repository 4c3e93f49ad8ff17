import { describe, expect, it } from 'vitest';
import type { HeaderFrame } from '@/lib/contract/frames';
import { runEndOf } from '@/lib/contract/run-ends';
import { classify } from '@/lib/cql/classifier';
import { NOT_READ, type ReadState } from '@/lib/reader/read-state';
import { stepWord } from './outcome-words';
import { stepEnd } from './step-end';

const SPENT = { firstRowMs: 3, elapsedMs: 9 };
const READ = classify('SELECT * FROM k.t');
const WRITE = classify('INSERT INTO k.t (a) VALUES (1)');
const CONDITIONAL = classify('INSERT INTO k.t (a) VALUES (1) IF NOT EXISTS');
const header = (name: string): HeaderFrame => ({
  columns: [{ name, type: 'boolean', kind: 'computed' }],
  consistency: 'ONE',
  statement: '',
});
const failed = (code: NonNullable<ReadState['error']>['code']): Partial<ReadState> => ({
  phase: 'failed',
  error: { code, message: 'no', retryable: false },
});
const ended = (applied: boolean): Partial<ReadState> => ({
  ...{ phase: 'complete', result: 'rows', header: header('[applied]'), firstRow: [applied] },
});

describe('how a statement ended', () => {
  it('is not known while it reads', () => {
    expect(stepEnd(NOT_READ, SPENT, READ)).toBeUndefined();
    expect(stepEnd({ ...NOT_READ, phase: 'reading' }, SPENT, READ)).toBeUndefined();
  });

  it.each<[string, typeof READ, Partial<ReadState>, word: string]>([
    ['a whole read', READ, { phase: 'complete', result: 'rows' }, 'done'],
    ['a read of a column with that name', READ, ended(false), 'done'],
    ['a part of a read', READ, { phase: 'paused' }, 'paused'],
    ['a read that was stopped', READ, { phase: 'stopped' }, 'stopped'],
    ['a read that failed', READ, failed('read_timeout'), 'failed'],
    ['a write', WRITE, { phase: 'complete', result: 'void' }, 'done'],
    ['a write that was refused', WRITE, failed('invalid_statement'), 'failed'],
    ['a write without replicas', WRITE, failed('not_enough_replicas'), 'failed'],
    ['a write without an answer', WRITE, failed('request_timeout'), 'unknown'],
    ['a write that nobody waited for', WRITE, { phase: 'stopped' }, 'unknown'],
    ['a condition that held', CONDITIONAL, ended(true), 'applied'],
    ['a condition that did not hold', CONDITIONAL, ended(false), 'not applied'],
    ['a commit without replicas', CONDITIONAL, failed('not_enough_replicas'), 'unknown'],
  ])('%s', (_, classification, reading, word) => {
    const end = stepEnd({ ...NOT_READ, ...reading }, SPENT, classification);
    if (end === undefined) throw new Error('it has no end');
    expect([stepWord(end).word, end.applied === undefined]).toEqual([word, !classification.isWrite]);
  });
});

describe('the end of a run', () => {
  it('of earlier versions of the history is its outcome', () => {
    expect(runEndOf({ outcome: 'complete' })).toBe('complete');
    expect(runEndOf({ outcome: 'failed', applied: 'not_applied' })).toBe('failed');
  });
});
