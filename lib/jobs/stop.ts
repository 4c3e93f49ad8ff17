import 'server-only';
import type { ApiError } from '@/lib/contract/errors';

/** `stand`: it is paused; `cancel`: for good; `wait`: Ringside ends, and the next process goes on. */
export type StopEvent = 'stand' | 'cancel' | 'wait';

/** Why a running job is stopped: this event follows when it has stopped. */
export class Stop extends Error {
  /** @param error why, if not because a person wanted it */
  constructor(
    readonly event: StopEvent,
    readonly error: ApiError | null = null,
  ) {
    super(`stopped: ${event}`);
  }
}

/** Whether a job is stopped only until the next process of Ringside: what runs elsewhere may run on. */
export function isUntilRestart(signal: AbortSignal): boolean {
  return signal.reason instanceof Stop && signal.reason.event === 'wait';
}
