import { describe, expect, it } from 'vitest';
import { planRun } from './plan-run';
import { currentStep, type Run, type RunAction, type RunSettings, runReducer, type StepEnd } from './run';
import { haltSummary } from './script-words';

const settings = { keyspace: 'flights', consistency: null, pageRows: null, trace: false };
const context = { at: '2026-11-29T10:42:13Z', charactersAfter: 0, files: new Map(), earlier: [] };
const facts = { pages: 1, firstRowMs: 4, agreement: null };
const done: StepEnd = { outcome: 'complete', rows: 2, elapsedMs: 5, ...facts };
const failed: StepEnd = {
  outcome: 'failed',
  rows: 0,
  elapsedMs: 1,
  ...facts,
  error: { code: 'syntax_error', message: 'no', retryable: false },
};

function plan(text: string, start = 0, chosen: RunSettings = settings): Run {
  const run = planRun('r', 'd', { text, start }, chosen, context);
  if (run === undefined) throw new Error('no statement');
  return run;
}
function play(run: Run, ...actions: RunAction[]): Run {
  return actions.reduce<Run>((current, action) => runReducer(current, action) ?? current, run);
}
function statuses(run: Run): string[] {
  return run.steps.map(({ state }) => (state.status === 'ended' ? state.outcome : state.status));
}

describe('a run of statements', () => {
  it('starts the first and lets the others wait for it', () => {
    const run = plan('SELECT * FROM a; SELECT * FROM b;', 100);
    expect(statuses(run)).toEqual(['running', 'waiting']);
    expect(run.steps.map(({ text, start }) => [text, start])).toEqual([
      ['SELECT * FROM a', 100],
      ['SELECT * FROM b', 117],
    ]);
    expect(statuses(play(run, { type: 'end', stepId: 'r/0', end: done }))).toEqual(['complete', 'running']);
  });

  it('counts a paused result as run, and keeps what reading on adds', () => {
    const paused: StepEnd = { outcome: 'paused', rows: 100, elapsedMs: 5, ...facts };
    const run = play(plan('SELECT * FROM a; SELECT * FROM b'), { type: 'end', stepId: 'r/0', end: paused });
    expect(statuses(run)).toEqual(['paused', 'running']);
    expect(statuses(play(run, { type: 'end', stepId: 'r/0', end: done }))).toEqual(['complete', 'running']);
  });

  it('runs nothing after the first failure, and says so', () => {
    const run = play(plan('SELECT * FROM a; SELECT * FROM b; SELECT * FROM c'), {
      type: 'end',
      stepId: 'r/0',
      end: failed,
    });
    expect(statuses(run)).toEqual(['failed', 'not_run', 'not_run']);
    expect(haltSummary(run)).toBe('Statement 1 failed: 2 of 3 statements did not run.');
    expect(currentStep(run)).toBeUndefined();
  });

  it('runs nothing after a stop', () => {
    const end: StepEnd = { outcome: 'stopped', rows: 7, elapsedMs: 9, ...facts };
    const run = play(plan('SELECT * FROM a; SELECT * FROM b'), { type: 'end', stepId: 'r/0', end });
    expect(statuses(run)).toEqual(['stopped', 'not_run']);
    expect(haltSummary(run)).toBe('Statement 1 was stopped: 1 of 2 statements did not run.');
  });

  it('asks once for all that is not a read, with each exact text', () => {
    const run = plan("SELECT * FROM a; INSERT INTO a (k) VALUES ('x;y'); DROP TABLE a");
    expect(run.question).toBe('writes');
    expect(statuses(run)).toEqual(['waiting', 'waiting', 'waiting']);
    const running = play(run, { type: 'agree' });
    expect(running.question).toBeNull();
    expect(statuses(running)).toEqual(['running', 'waiting', 'waiting']);
    expect(running.steps.map(({ confirmation }) => confirmation)).toEqual([
      undefined,
      { statement: "INSERT INTO a (k) VALUES ('x;y')" },
      { statement: 'DROP TABLE a', name: 'a' },
    ]);
    expect(running.steps[2]?.classification).toMatchObject({ isDestructive: true, target: { name: 'a' } });
    const read = play(running, { type: 'end', stepId: 'r/0', end: done });
    expect(statuses(read)).toEqual(['complete', 'running', 'waiting']);
    const written = play(read, { type: 'end', stepId: 'r/1', end: { ...done, outcome: 'done', rows: 0 } });
    expect(statuses(written)).toEqual(['complete', 'done', 'running']);
  });

  it('asks nobody to confirm what is no statement: the server refuses it', () => {
    expect(statuses(plan('SELCT * FROM a; SELECT * FROM b'))).toEqual(['running', 'waiting']);
  });

  it('asks about a single write by itself, and sends it once it is confirmed', () => {
    const run = plan('DROP TABLE a');
    expect(run.question).toBeNull();
    expect(statuses(run)).toEqual(['asking']);
    const running = play(run, { type: 'confirm', stepId: 'r/0', name: 'a' });
    expect(statuses(running)).toEqual(['running']);
    expect(running.steps[0]?.confirmation).toEqual({ statement: 'DROP TABLE a', name: 'a' });
  });

  it('goes no further when the person declines', () => {
    expect(statuses(play(plan('TRUNCATE a'), { type: 'decline', stepId: 'r/0' }))).toEqual(['not_run']);
    const run = play(plan('TRUNCATE a; SELECT * FROM b'), { type: 'refuse' });
    expect(statuses(run)).toEqual(['not_run', 'not_run']);
  });

  it('asks when the server wants a confirmation that the page did not foresee', () => {
    const end: StepEnd = { ...failed, error: { code: 'confirmation_required', message: 'ask', retryable: false } };
    const run = play(plan('SELECT * FROM a'), { type: 'end', stepId: 'r/0', end });
    expect(statuses(run)).toEqual(['asking']);
    const confirmed = play(run, { type: 'confirm', stepId: 'r/0' }, { type: 'end', stepId: 'r/0', end });
    expect(statuses(confirmed)).toEqual(['failed']);
  });

  it('ignores what comes from an earlier run', () => {
    const run = plan('SELECT * FROM a');
    expect(play(run, { type: 'end', stepId: 'old/0', end: failed })).toBe(run);
    expect(planRun('r', 'd', { text: ' -- nothing\n', start: 0 }, settings, context)).toBeUndefined();
  });
});
