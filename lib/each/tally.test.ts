import { describe, expect, it } from 'vitest';
import { EndRate, Latencies } from './tally';

describe('latencies', () => {
  it('have no summary before the first', () => {
    expect(new Latencies().summary()).toBeNull();
  });

  it.each([
    ['one', [7]],
    ['equal ones', [3, 3, 3, 3]],
    ['none at all', [0, 0, 0]],
    ['a thousand', Array.from({ length: 1_000 }, (_, at) => at + 1)],
    ['very different ones', [0.01, 0.2, 5, 60_000]],
  ])('of %s are within three percent', (_name, all) => {
    const latencies = new Latencies();
    for (const ms of all) latencies.add(ms);
    const summary = latencies.summary();
    const exact = (share: number) => all.toSorted((a, b) => a - b)[Math.ceil(all.length * share) - 1] ?? 0;
    expect(summary?.max).toBe(Math.max(...all));
    for (const [share, found] of [
      [0.5, summary?.p50 ?? -1],
      [0.99, summary?.p99 ?? -1],
    ] as const) {
      expect(found).toBeGreaterThanOrEqual(Math.min(exact(share), Math.max(...all)));
      expect(found).toBeLessThanOrEqual(Math.max(0.05, exact(share) * 1.031));
    }
  });
});

describe('the rate', () => {
  it('covers the last seconds, and falls when nothing ends', () => {
    const rate = new EndRate();
    expect(rate.perSecond(0, 0)).toBeNull();
    for (let ms = 0; ms <= 10_000; ms += 100) rate.add(ms, ms);
    expect(rate.perSecond(10_000, 10_000)).toBe(1_000);
    expect(rate.perSecond(10_000, 12_000)).toBeLessThan(700);
    expect(rate.perSecond(10_000, 40_000)).toBeLessThan(20);
  });
});
