import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lanes } from './lanes';

describe('the lanes of a scan’s pieces', () => {
  it('are one for pieces read one after another', () => {
    const lanes = new Lanes(8);
    const taken = [0, 1, 2].map((piece) => {
      const lane = lanes.laneOf(piece);
      lanes.leave(piece);
      return lane;
    });
    expect(taken).toEqual([0, 0, 0]);
  });

  it('are as many as allowed for parallel pieces, evenly filled', () => {
    const lanes = new Lanes(3);
    expect([0, 1, 2, 3, 4, 5, 6].map((piece) => lanes.laneOf(piece))).toEqual([0, 1, 2, 0, 1, 2, 0]);
    lanes.leave(1);
    lanes.leave(4);
    expect(lanes.laneOf(7)).toBe(1);
  });

  it('stay the same for a piece until it is complete', () => {
    const steps = fc.array(fc.tuple(fc.nat({ max: 9 }), fc.boolean()), { maxLength: 60 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 5 }), (sequence, most) => {
        const lanes = new Lanes(most);
        const now = new Map<number, number>();
        for (const [piece, isLast] of sequence) {
          const lane = lanes.laneOf(piece);
          expect(lane).toBeLessThan(most);
          expect(now.get(piece) ?? lane).toBe(lane);
          now.set(piece, lane);
          if (!isLast) continue;
          lanes.leave(piece);
          now.delete(piece);
        }
      }),
    );
  });
});
