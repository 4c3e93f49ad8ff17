/** Time, as far as limits need it: tests have their own. */
export interface LimitClock {
  nowMs(): number;
  /** @returns forgets it */
  after(ms: number, run: () => void): () => void;
}

export const REAL_CLOCK: LimitClock = {
  nowMs: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms).unref();
    return () => clearTimeout(timer);
  },
};
