import { describe, expect, it } from 'vitest';
import { planRun } from './plan-run';
import { currentStep, haltSummary, type Run, type RunAction, runReducer, type StepEnd } from './run';

const settings = { keyspace: 'flights', consistency: null, pageRows: null, trace: false };
const facts = { pages: 1, firstRowMs: 4, agreement: null };
const done: StepEnd = { outcome: 'complete', rows: 2, elapsedMs: 5, ...facts };
const failed: StepEnd = {
  outcome: 'failed',
  rows: 0,
  elapsedMs: 1,
  ...facts,
  error: { code: 'syntax_error', message: 'no', retryable: false },
};

function plan(text: string, start = 0): Run {
  const run = planRun('r', 'd', { text, start }, settings);
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

  it('asks before each statement that is not a read, with its exact text', () => {
    const run = plan("SELECT * FROM a; INSERT INTO a (k) VALUES ('x;y'); DROP TABLE a");
    const asking = play(run, { type: 'end', stepId: 'r/0', end: done });
    expect(statuses(asking)).toEqual(['complete', 'asking', 'waiting']);
    const running = play(asking, { type: 'confirm', stepId: 'r/1' });
    expect(running.steps[1]?.confirmation).toEqual({ statement: "INSERT INTO a (k) VALUES ('x;y')" });
    const written = play(running, { type: 'end', stepId: 'r/1', end: { ...done, outcome: 'done', rows: 0 } });
    expect(statuses(written)).toEqual(['complete', 'done', 'asking']);
    expect(written.steps[2]?.classification).toMatchObject({ isDestructive: true, target: { name: 'a' } });
    const dropped = play(written, { type: 'confirm', stepId: 'r/2', name: 'a' });
    expect(dropped.steps[2]?.confirmation).toEqual({ statement: 'DROP TABLE a', name: 'a' });
  });

  it('asks nobody to confirm what is no statement: the server refuses it', () => {
    expect(statuses(plan('SELCT * FROM a; SELECT * FROM b'))).toEqual(['running', 'waiting']);
  });

  it('goes no further when the person declines', () => {
    const run = play(plan('TRUNCATE a; SELECT * FROM b'), { type: 'decline', stepId: 'r/0' });
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
    expect(planRun('r', 'd', { text: ' -- nothing\n', start: 0 }, settings)).toBeUndefined();
  });
});
