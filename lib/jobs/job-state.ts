import type { JobState } from '@/lib/contract/jobs';

/**
 * `begin`: its turn has come. `stand`: it was paused and stands still. `wait`: Ringside was restarted, or is about to
 * be. `lose`: it was begun by a restart and the cluster did not answer.
 */
export type JobEvent = 'begin' | 'stand' | 'resume' | 'cancel' | 'complete' | 'fail' | 'wait' | 'lose';

const NEXT: Readonly<Record<JobState, Partial<Record<JobEvent, JobState>>>> = {
  waiting: { begin: 'running', stand: 'paused', cancel: 'cancelled', wait: 'waiting' },
  running: {
    ...{ stand: 'paused', cancel: 'cancelled', complete: 'complete', fail: 'failed', wait: 'waiting', lose: 'paused' },
  },
  paused: { resume: 'waiting', cancel: 'cancelled', stand: 'paused' },
  failed: { resume: 'waiting', cancel: 'cancelled' },
  complete: {},
  cancelled: {},
};

/** The state behind an event; null when the event does not fit the state. */
export function nextState(state: JobState, event: JobEvent): JobState | null {
  return NEXT[state][event] ?? null;
}
