import 'server-only';

/** What tells schedules the time, and wakes them. */
export interface Clock {
  now(): Date;
  /** Calls `run` once, after this long. @returns what calls it off */
  after(delayMs: number, run: () => void): () => void;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => new Date(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
