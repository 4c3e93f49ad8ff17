import { expect, it } from 'vitest';
import { Pace } from './pace';

it('keeps a job below its rows a second, in steps that a pause need not wait for', () => {
  const pace = new Pace(100, 0);
  let [rows, nowMs] = [0, 0];
  while (nowMs < 10_000) {
    nowMs += pace.waitMs(nowMs);
    const some = pace.chunkRows(128);
    rows += some;
    pace.spent(some, nowMs);
  }
  expect(pace.chunkRows(128)).toBe(25);
  expect(rows).toBeGreaterThan(990);
  expect(rows).toBeLessThanOrEqual(1_050);
});

it('does not make up for a long standstill, and waits for nothing without a rate', () => {
  const pace = new Pace(10, 0);
  pace.spent(10, 60_000);
  expect(pace.waitMs(60_000)).toBeLessThanOrEqual(1_000);
  pace.spent(10, 60_000);
  expect(pace.waitMs(60_000)).toBeGreaterThanOrEqual(1_000);
  const free = new Pace(null, 0);
  free.spent(1_000, 0);
  expect([free.waitMs(0), free.chunkRows(128)]).toEqual([0, 128]);
});

it('takes another rate, or none, while it goes', () => {
  const pace = new Pace(1, 0);
  pace.set(100);
  expect(pace.chunkRows(128)).toBe(25);
  pace.spent(25, 0);
  expect(pace.waitMs(0)).toBe(250);
  pace.set(null);
  pace.spent(128, 250);
  expect([pace.waitMs(250), pace.chunkRows(128)]).toEqual([0, 128]);
});
