import { describe, expect, it } from 'vitest';
import { NOT_READ } from '@/lib/reader/read-state';
import { planRun } from './plan-run';
import { type Run, runReducer, type StepEnd } from './run';
import { runTimeWords, spentMs, timedStep, timeWords } from './run-time';

const END: StepEnd = { outcome: 'complete', rows: 2, pages: 1, firstRowMs: 8, elapsedMs: 14, agreement: null };

function runOf(text: string): Run {
  const settings = { keyspace: null, consistency: null, pageRows: null, trace: false };
  const run = planRun('r', 'd', { text, start: 0 }, settings, {
    at: '',
    charactersAfter: 0,
    files: new Map(),
    earlier: [],
  });
  if (run === undefined) throw new Error('no statement');
  return run;
}
const ended = (run: Run, stepId: string, end = END) => runReducer(run, { type: 'end', stepId, end }) ?? run;

describe('the time in the bar', () => {
  const run = runOf('SELECT * FROM a; SELECT * FROM b');
  const reading = { phase: 'reading', pace: { sinceMs: 1_000, rowsBefore: 0, untilMs: 0 } } as const;

  it('counts from the request on while a statement runs, and adds what reading on takes', () => {
    const step = timedStep(run);
    expect(step?.id).toBe('r/0');
    if (step === undefined) return;
    expect(spentMs(step, reading, 1_250)).toBe(250);
    const paused = timedStep(ended(runOf('SELECT * FROM a'), 'r/0', { ...END, outcome: 'paused', elapsedMs: 40 }));
    if (paused === undefined) throw new Error('no step');
    expect(spentMs(paused, reading, 1_250)).toBe(290);
    expect(spentMs(paused, NOT_READ, 9_999)).toBe(40);
  });

  it('is that of the last statement that ran, or of all of them', () => {
    expect(timedStep(null)).toBeUndefined();
    expect(timedStep(ended(run, 'r/0'))?.id).toBe('r/1');
    expect(runTimeWords(ended(run, 'r/0'))).toBeUndefined();
    expect(runTimeWords(ended(ended(run, 'r/0'), 'r/1'))).toBe('2 statements · 28 ms');
    expect(runTimeWords(ended(runOf('SELECT * FROM a'), 'r/0'))).toBeUndefined();
    expect(runTimeWords(ended(runOf('USE ks; SELECT * FROM a'), 'r/1'))).toBe('1 statement · 14 ms');
  });

  it.each([
    [{ ...END }, '14 ms'],
    [{ ...END, pages: 3, elapsedMs: 1_300 }, 'first row after 8 ms · 1.3 s in all'],
    [{ ...END, pages: 0, firstRowMs: null }, '14 ms'],
  ])('has the first row apart where more than one page was read', (end, words) => {
    expect(timeWords(end)).toBe(words);
  });
});
