import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clampBase, homeOf, leapTo, MAX_SLOTS, rowOfSlot, scrollScale, slotOfRow } from './scroll';

const scale = fc
  .record({ rows: fc.integer({ min: 1, max: 50_000_000 }), maxSlots: fc.integer({ min: 20, max: MAX_SLOTS }) })
  .map(({ rows, maxSlots }) => scrollScale(rows, maxSlots));

describe('scaled scrolling', () => {
  it('is plain scrolling while the rows fit the canvas', () => {
    const plain = scrollScale(200_000);
    expect(plain.slots).toBe(200_000);
    expect(leapTo(plain, 123_456)).toEqual({ slot: 123_456, base: 0 });
    expect(homeOf(plain, 199_999)).toEqual({ slot: 199_999, base: 0 });
  });

  it('reaches the first and the last of ten million rows', () => {
    const tall = scrollScale(10_000_000);
    expect(tall.slots).toBe(MAX_SLOTS);
    expect(leapTo(tall, 0)).toEqual({ slot: 0, base: 0 });
    expect(leapTo(tall, MAX_SLOTS - 1)).toEqual({ slot: MAX_SLOTS - 1, base: 10_000_000 - MAX_SLOTS });
    const half = leapTo(tall, MAX_SLOTS / 2);
    expect((half.slot + half.base) / 10_000_000).toBeCloseTo(0.5, 3);
  });

  it('never shows a row that does not exist, and never goes backwards', () => {
    fc.assert(
      fc.property(scale, fc.nat(), fc.nat(), (tall, a, b) => {
        const [first, second] = [a % tall.slots, b % tall.slots].sort((x, y) => x - y);
        expect(rowOfSlot(tall, first ?? 0)).toBeLessThanOrEqual(rowOfSlot(tall, second ?? 0));
        const { slot, base } = leapTo(tall, a);
        expect(base).toBe(clampBase(tall, base));
        expect(slot + base).toBeLessThan(tall.rows);
      }),
    );
  });

  it('brings a row home without changing the row', () => {
    fc.assert(
      fc.property(scale, fc.nat(), (tall, n) => {
        const row = n % tall.rows;
        const { slot, base } = homeOf(tall, row);
        expect(slot + base).toBe(row);
        expect(base).toBe(clampBase(tall, base));
        expect(slot).toBe(slotOfRow(tall, row));
        // From there the bar leaps to rows near by: less than what one slot stands for.
        const perSlot = Math.ceil(tall.rows / tall.slots) * 2;
        expect(Math.abs(rowOfSlot(tall, slot) - row)).toBeLessThanOrEqual(perSlot);
      }),
    );
  });
});
