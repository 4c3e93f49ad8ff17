import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arcPath, ringCounts, ringRuns } from './ring-runs';

const partsOf = fc.array(fc.constantFrom('.', 'r', 't', 'd', 'x'), { minLength: 1, maxLength: 240 });

describe('the drawn ring of a scan', () => {
  it('is covered once, neighbours that are alike joined', () => {
    fc.assert(
      fc.property(partsOf, (parts) => {
        const runs = ringRuns(parts.join(''));
        const drawn = runs.flatMap(({ state, sweep }) => Array(Math.round(sweep * parts.length)).fill(state));
        expect(drawn).toEqual(parts);
        for (const [index, run] of runs.entries()) {
          const before = runs[index - 1];
          expect(run.start).toBeCloseTo(before === undefined ? 0 : before.start + before.sweep, 9);
          expect(run.state).not.toBe(before?.state);
        }
      }),
    );
  });

  it('counts its parts', () => {
    expect(ringCounts('ddr.tx')).toEqual({ '.': 1, d: 2, r: 1, t: 1, x: 1 });
  });

  it('draws a whole circle as two halves', () => {
    expect(arcPath({ start: 0, sweep: 1 }, 20, 16)).toBe('M20 4A16 16 0 0 1 20 36A16 16 0 0 1 20 4');
    expect(arcPath({ start: 0, sweep: 0.25 }, 20, 16)).toBe('M20 4A16 16 0 0 1 36 20');
    expect(arcPath({ start: 0, sweep: 0.75 }, 20, 16)).toBe('M20 4A16 16 0 1 1 4 20');
  });
});
