import { describe, expect, it } from 'vitest';
import { Adapting } from './adapting';

/** Runs for ten seconds on a cluster that serves this many requests at once, each in 10 ms, and the others after them. */
function settled(served: number, pace = new Adapting(64, 0)): number {
  let answers = 0;
  for (let ms = 1; ms <= 10_000; ms++) {
    answers += Math.min(pace.atOnce, served) / 10;
    for (; answers >= 1; answers--) pace.answered(ms);
  }
  return pace.atOnce;
}

describe('the number of requests in flight', () => {
  it.each([
    [4, 16],
    [10, 32],
    [30, 64],
    [1_000, 64],
  ])('grows while the whole becomes faster: %i at once lead to %i', (served, atOnce) => {
    expect(settled(served)).toBe(atOnce);
  });

  it('is halved when the cluster cannot keep up, and never below one', () => {
    const pace = new Adapting(64, 0);
    pace.backOff(1);
    expect(pace.atOnce).toBe(4);
    for (let at = 0; at < 5; at++) pace.backOff(2);
    expect(settled(1_000, pace)).toBe(1);
  });

  it('tries again after a rest, and goes back where more is not faster', () => {
    const pace = new Adapting(64, 0, 2_000);
    let now = 0;
    const second = (perMs: () => number) => {
      for (const end = now + 1_000; now < end; now++) for (let at = 0; at < perMs(); at++) pace.answered(now);
    };
    // As many requests a millisecond, however many are in flight.
    for (let round = 0; round < 10; round++) second(() => 1);
    expect(pace.atOnce).toBeLessThanOrEqual(16);
    // The cluster is free now: each request takes 8 ms.
    for (let round = 0; round < 20; round++) second(() => pace.atOnce / 8);
    expect(pace.atOnce).toBe(64);
  });
});
