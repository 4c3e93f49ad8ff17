import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobState } from '@/lib/contract/jobs';
import { isActive } from '@/lib/contract/transfers';
import { type JobEvent, nextState } from './job-state';

const EVENTS: JobEvent[] = ['begin', 'stand', 'resume', 'cancel', 'complete', 'fail', 'wait', 'lose'];
const after = (...events: JobEvent[]) =>
  events.reduce<JobState>((state, event) => nextState(state, event) ?? state, 'waiting');

describe('the states of a job', () => {
  it.each<[string, JobEvent[], string]>([
    ['runs to its end', ['begin', 'complete'], 'complete'],
    ['is paused and resumed, and waits for its turn', ['begin', 'stand', 'resume'], 'waiting'],
    ['is resumed after failing', ['begin', 'fail', 'resume', 'begin'], 'running'],
    ['resumes after a restart', ['begin', 'wait', 'begin'], 'running'],
    ['is paused when a restart finds no cluster', ['begin', 'wait', 'begin', 'lose'], 'paused'],
    ['is paused before its turn', ['stand'], 'paused'],
    ['is cancelled while paused', ['begin', 'stand', 'cancel'], 'cancelled'],
    ['cannot be resumed once cancelled', ['begin', 'cancel', 'resume'], 'cancelled'],
    ['cannot complete without running', ['complete'], 'waiting'],
  ])('%s', (_, events, state) => expect(after(...events)).toBe(state));

  it('end for good as complete or cancelled', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...EVENTS)),
        fc.constantFrom<JobState>('complete', 'cancelled'),
        (events, end) => {
          const state = events.reduce((now, event) => nextState(now, event) ?? now, end);
          expect(state).toBe(end);
          expect(isActive({ state })).toBe(false);
        },
      ),
    );
  });
});
