import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Concurrency, TokenBucket } from './pace';

describe('Concurrency', () => {
  /** Servers that work on `capacity` pages at a time: further requests queue. */
  const settle = (concurrency: Concurrency, capacity: number, rounds: number, readerWaits = true) => {
    for (let round = 0; round < rounds; round++) {
      const pages = concurrency.pages;
      const elapsedMs = 20 * Math.max(1, pages / capacity);
      for (let answer = 0; answer < pages; answer++) concurrency.answered({ elapsedMs, bytes: 1 }, readerWaits);
    }
    return concurrency.pages;
  };

  it('starts with two, doubles while nothing queues, and stops where more would only queue', () => {
    const concurrency = new Concurrency(64);
    expect(concurrency.pages).toBe(2);
    expect(settle(concurrency, 8, 1)).toBe(4);
    expect(settle(concurrency, 8, 1)).toBe(8);
    const settled = settle(concurrency, 8, 40);
    expect(settled).toBeGreaterThanOrEqual(8);
    expect(settled).toBeLessThanOrEqual(14);
  });

  it('never exceeds its limit nor falls below one', () => {
    const answers = fc.array(
      fc.tuple(fc.double({ min: 0, max: 10_000, noNaN: true }), fc.nat(5_000_000), fc.boolean()),
    );
    const property = fc.property(fc.integer({ min: 1, max: 40 }), answers, (most, all) => {
      const concurrency = new Concurrency(most);
      for (const [elapsedMs, bytes, backsOff] of all) {
        if (backsOff) concurrency.backOff();
        else concurrency.answered({ elapsedMs, bytes }, true);
        expect(concurrency.pages).toBeGreaterThanOrEqual(1);
        expect(concurrency.pages).toBeLessThanOrEqual(most);
      }
    });
    fc.assert(property);
  });

  it('does not grow while the reader is busy', () => {
    expect(settle(new Concurrency(64), 100, 20, false)).toBe(2);
  });

  it('halves on back-off, and grows by one from there', () => {
    const concurrency = new Concurrency(64);
    settle(concurrency, 100, 4);
    const before = concurrency.pages;
    concurrency.backOff();
    expect(concurrency.pages).toBe(before / 2);
    expect(settle(concurrency, 100, 1)).toBe(before / 2 + 1);
  });
});

describe('TokenBucket', () => {
  it('never lets more through than its rate and its burst', () => {
    const spending = fc.array(fc.record({ afterMs: fc.nat(2_000), amount: fc.integer({ min: 1, max: 5_000 }) }));
    const property = fc.property(fc.integer({ min: 1, max: 100_000 }), spending, (perSecond, all) => {
      const bucket = new TokenBucket(perSecond, 0);
      let [now, spent, last] = [0, 0, 0];
      for (const { afterMs, amount } of all) {
        now += afterMs + bucket.waitMs(now + afterMs);
        expect(bucket.waitMs(now)).toBe(0);
        bucket.spend(amount, now);
        spent += amount;
        last = amount;
        expect(spent - last).toBeLessThanOrEqual((now / 1_000) * perSecond + perSecond * 0.25 + 1);
      }
    });
    fc.assert(property);
  });

  it('takes back an overspent amount', () => {
    const bucket = new TokenBucket(100, 0);
    bucket.spend(125, 0);
    expect(bucket.waitMs(0)).toBeGreaterThan(900);
    bucket.spend(-120, 0);
    expect(bucket.waitMs(0)).toBe(0);
  });
});
