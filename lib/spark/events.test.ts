import { describe, expect, it } from 'vitest';
import { isVerified } from './application';
import { heard, NOTHING_SAID } from './events';
import { sparkFacts } from './plan/progress-words';

const say = (...lines: readonly object[]) => lines.map((line) => JSON.stringify(line)).reduce(heard, NOTHING_SAID);
const STARTED = { event: 'started', applicationId: 'app-1', ui: 'http://127.0.0.1:4040', spark: '3.5.9' };
const ENDED = { event: 'ended', rowsObserved: 10, rowsReadBack: 10, rowsFailed: 0, bytes: 5 };

describe('the lines of a script', () => {
  it('say how far it is', () => {
    const said = say(
      STARTED,
      { event: 'step', name: 'write' },
      { event: 'stage', id: 1, step: 'write', tasks: 65, done: 12, running: 2, failed: 1 },
      { event: 'written', rows: 10 },
    );
    expect(said.ui).toBe('http://127.0.0.1:4040');
    expect(sparkFacts(said.progress)).toEqual(['write: 12 of 65 tasks', '1 failed task', '10 rows observed']);
  });

  it('prove that it is complete, and nothing else does', () => {
    expect(isVerified(say(STARTED, { ...ENDED, isComplete: true }))).toBe(true);
    expect(isVerified(say(STARTED, { ...ENDED, isComplete: false, rowsReadBack: 9 }))).toBe(false);
    // Killed after the write: Spark's master calls that FINISHED.
    expect(isVerified(say(STARTED, { event: 'written', rows: 10 }))).toBe(false);
  });

  it('keep a count that Spark did not give apart from none', () => {
    const { progress } = say({ ...ENDED, isComplete: false, rowsObserved: null });
    expect(progress).toMatchObject({ rowsObserved: null, rowsReadBack: 10 });
  });

  it('are only those of its own form', () => {
    expect(heard(NOTHING_SAID, 'WARN something')).toBe(NOTHING_SAID);
    expect(heard(NOTHING_SAID, '{"event": "ended"')).toBe(NOTHING_SAID);
    expect(heard(NOTHING_SAID, '{"event": "ended", "isComplete": "yes"}')).toBe(NOTHING_SAID);
  });
});
