import type { JobState } from '@/lib/contract/jobs';

/**
 * `begin`: its turn has come. `stand`: it was paused and has stopped. `wait`: Ringside was restarted, or is about to be.
 * `lose`: a restart resumed it and the cluster did not answer, or its person must sign in first.
 */
export type JobEvent = 'begin' | 'stand' | 'resume' | 'cancel' | 'complete' | 'fail' | 'wait' | 'lose';

const NEXT: Readonly<Record<JobState, Partial<Record<JobEvent, JobState>>>> = {
  waiting: { begin: 'running', stand: 'paused', cancel: 'cancelled', wait: 'waiting' },
  running: {
    stand: 'paused',
    cancel: 'cancelled',
    complete: 'complete',
    fail: 'failed',
    wait: 'waiting',
    lose: 'paused',
  },
  paused: { resume: 'waiting', cancel: 'cancelled', stand: 'paused' },
  failed: { resume: 'waiting', cancel: 'cancelled' },
  complete: {},
  cancelled: {},
};

/** The state after an event; null if the event is not allowed in this state. */
export function nextState(state: JobState, event: JobEvent): JobState | null {
  return NEXT[state][event] ?? null;
}
