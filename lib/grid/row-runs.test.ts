import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followRuns, type RunEnd, runLength } from './row-runs';

const keyOf = (row: string) => row;

describe('runs of rows with one key', () => {
  it('count on over pages, and begin anew with another key', () => {
    const first = followRuns(['a', 'b', 'b'], keyOf, null);
    expect(first).toEqual({ lead: 0, end: { key: 'b', rows: 2 } });
    const second = followRuns(['b', 'b'], keyOf, first.end);
    expect(second).toEqual({ lead: 2, end: { key: 'b', rows: 4 } });
    expect(followRuns(['c'], keyOf, second.end)).toEqual({ lead: 0, end: { key: 'c', rows: 1 } });
    expect(followRuns([], keyOf, second.end)).toEqual({ lead: 0, end: second.end });
  });

  it('give every row its place in its run, however the rows were cut into pages', () => {
    const runs = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 });
    const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
    fc.assert(
      fc.property(runs, cuts, (lengths, sizes) => {
        const rows = lengths.flatMap((length, run) => Array.from({ length }, () => String(run)));
        const places: number[] = [];
        let end: RunEnd | null = null;
        for (let at = 0, cut = 0; at < rows.length; cut += 1) {
          const page = rows.slice(at, at + (sizes[cut % sizes.length] ?? 1));
          const followed: { lead: number; end: RunEnd | null } = followRuns(page, keyOf, end);
          for (let index = 0; index < page.length; index += 1) {
            const length = runLength(page, index, keyOf);
            places.push(length === index + 1 ? followed.lead + index : length - 1);
          }
          end = followed.end;
          at += page.length;
        }
        expect(places).toEqual(lengths.flatMap((length) => Array.from({ length }, (_, index) => index)));
      }),
    );
  });
});
