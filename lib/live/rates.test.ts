import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Counted, type LatencyRow, movedOf, rateOf } from './rates';

const UNKNOWN = Number.NaN;

describe('the rate of a counter', () => {
  it.each([
    ['rises', { atMs: 0, count: 10 }, { atMs: 10_000, count: 60 }, 5],
    ['stands', { atMs: 0, count: 10 }, { atMs: 10_000, count: 10 }, 0],
    ['falls: it began again', { atMs: 0, count: 10 }, { atMs: 10_000, count: 9 }, UNKNOWN],
    ['has no earlier response', undefined, { atMs: 10_000, count: 60 }, UNKNOWN],
    ['has no window', { atMs: 5, count: 10 }, { atMs: 5, count: 60 }, UNKNOWN],
  ])('that %s', (_, before, now, rate) => {
    expect(rateOf(before, now)).toBe(rate);
  });
});

const rowOf = (keyspace: string, table: string, count: number, p99 = 7): LatencyRow => ({
  keyspace,
  table,
  count,
  p50: 1,
  p99,
  max: 9,
});
const counted = (atMs: number, generation: number | null, rows: readonly LatencyRow[]): Counted<LatencyRow> => ({
  atMs,
  generation,
  rows,
});

describe('what moved on a node', () => {
  it('is the sum of what tables of applications were asked, and the slowest of them', () => {
    const before = counted(0, 1, [rowOf('a', 't', 0), rowOf('a', 'u', 0), rowOf('system', 'local', 0)]);
    const now = counted(10_000, 1, [rowOf('a', 't', 10, 3), rowOf('a', 'u', 20, 8), rowOf('system', 'local', 999, 50)]);
    const { node, tables } = movedOf(before, now);
    expect(node).toEqual({ perSecond: 3, p50: 1, p99: 8, max: 9 });
    expect(tables.get('a.t')).toEqual({ perSecond: 1, p50: 1, p99: 3, max: 9 });
  });

  it('has no latency where nobody asked: what the server shows is old', () => {
    const rows = [rowOf('a', 't', 10, 800)];
    const { node } = movedOf(counted(0, 1, rows), counted(10_000, 1, rows));
    expect(node).toEqual({ perSecond: 0, p50: UNKNOWN, p99: UNKNOWN, max: UNKNOWN });
  });

  it('is unknown at first', () => {
    const { node, tables } = movedOf(undefined, counted(10_000, 1, [rowOf('a', 't', 1e9)]));
    expect([node.perSecond, tables.get('a.t')?.perSecond]).toEqual([UNKNOWN, UNKNOWN]);
  });

  it('leaves out a table that was made within the window, or made again', () => {
    const before = counted(0, 1, [rowOf('a', 't', 0), rowOf('a', 'again', 500)]);
    const now = counted(10_000, 1, [rowOf('a', 't', 10), rowOf('a', 'again', 3), rowOf('a', 'fresh', 900)]);
    const { node, tables } = movedOf(before, now);
    expect(node.perSecond).toBe(1);
    expect([tables.get('a.again')?.perSecond, tables.get('a.fresh')?.perSecond]).toEqual([UNKNOWN, UNKNOWN]);
  });

  it('is a gap after a restart and never a spike, however the counters stand', () => {
    const counts = fc.array(fc.nat({ max: 1e9 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(counts, counts, fc.nat({ max: 100_000 }), (then, now, windowMs) => {
        const rows = (all: readonly number[]) => all.map((count, at) => rowOf('a', `t${at}`, count));
        const { node, tables } = movedOf(counted(0, 100, rows(then)), counted(windowMs, 101, rows(now)));
        expect(node.perSecond).toBeNaN();
        for (const { perSecond } of tables.values()) expect(perSecond).toBeNaN();
      }),
    );
  });

  it('never has a rate below zero or above what the counter rose in all', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 1e6 }), (then, now, windowMs) => {
        const { node } = movedOf(
          counted(0, null, [rowOf('a', 't', then)]),
          counted(windowMs, 7, [rowOf('a', 't', now)]),
        );
        if (now < then) expect(node.perSecond).toBe(0);
        else expect(node.perSecond * windowMs).toBeCloseTo((now - then) * 1_000, 0);
      }),
    );
  });
});
