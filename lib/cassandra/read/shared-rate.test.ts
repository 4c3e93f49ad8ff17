import { setMaxListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SharedRate } from './shared-rate';
import { TestClock } from './test-clock';

const never = new AbortController().signal;
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Readers that each want so many requests, and the order in which these began. */
function readers(rate: SharedRate, ...wanted: readonly { reader: number; rows: number }[]): number[] {
  const begun: number[] = [];
  for (const { reader, rows } of wanted) void rate.turn(reader, rows, never).then(() => begun.push(reader));
  return begun;
}

describe('a shared rate', () => {
  it('is kept over all readers, to one request, in any time', async () => {
    const step = fc.oneof(
      fc.record({ reader: fc.integer({ min: 1, max: 3 }), rows: fc.integer({ min: 1, max: 100 }) }),
      fc.record({ ms: fc.integer({ min: 1, max: 3_000 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const clock = new TestClock();
        const rate = new SharedRate(100, clock);
        const { signal } = new AbortController();
        setMaxListeners(0, signal);
        let rows = 0;
        for (const one of steps) {
          if ('ms' in one) clock.move(one.ms);
          else void rate.turn(one.reader, one.rows, signal).then(() => (rows += one.rows));
          await settled();
          // A quarter of a second's rows at first, and the debt of one request.
          expect(rows).toBeLessThanOrEqual(25 + clock.nowMs() / 10 + 100);
        }
      }),
    );
  });

  it('lets readers take turns, however much one of them wants', async () => {
    const clock = new TestClock();
    const rate = new SharedRate(10, clock);
    const many = Array.from({ length: 5 }, () => ({ reader: 1, rows: 10 }));
    const begun = readers(rate, ...many, { reader: 2, rows: 10 }, { reader: 3, rows: 10 });
    for (let second = 0; second < 20; second++) {
      clock.move(1_000);
      await settled();
    }
    expect(begun).toEqual([1, 1, 2, 3, 1, 1, 1]);
  });

  it('counts the rows that came, not those that were asked for', async () => {
    const clock = new TestClock();
    const rate = new SharedRate(100, clock);
    await rate.turn(1, 100, never);
    rate.came(100, 0);
    const begun = readers(rate, { reader: 1, rows: 1_000 });
    await settled();
    expect(begun).toEqual([1]);
    rate.came(1_000, 5_000);
    const later = readers(rate, { reader: 1, rows: 1 });
    clock.move(49_000);
    await settled();
    expect(later).toEqual([]);
    clock.move(1_000);
    await settled();
    expect(later).toEqual([1]);
  });

  it('forgets a reader that leaves, and its timer', async () => {
    const clock = new TestClock();
    const rate = new SharedRate(1, clock);
    await rate.turn(1, 100, never);
    const left = new AbortController();
    const waiting = rate.turn(1, 1, left.signal);
    expect(clock.timers).toBe(1);
    left.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    expect(clock.timers).toBe(0);
    rate.came(100, 100);
    expect(rate.isIdle).toBe(false);
    clock.move(101_000);
    expect(rate.isIdle).toBe(true);
  });
});
