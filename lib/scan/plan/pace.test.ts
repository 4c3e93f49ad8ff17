import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Concurrency } from './pace';

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
