import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/murmur3';
import { evenRanges } from '@/lib/ring/ranges';
import { type Counted, Place, seenPartition, shareOf, spreadOrder, withPartition } from './sampled';

const one = (rows: number): Counted => ({
  key: { k: rows },
  cells: [],
  token: 0n,
  rows,
  isWhole: true,
  days: new Set(),
  firstMs: null,
  lastMs: null,
});

describe('places of the ring', () => {
  it('are begun each once, and at any moment spread over the ring', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 256 }), (count) => {
        const order = spreadOrder(count);
        expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, at) => at));
      }),
    );
    expect(spreadOrder(8)).toEqual([0, 4, 2, 6, 1, 5, 3, 7]);
  });

  it('cover the ring without a gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 256 }), (count) => {
        const ranges = evenRanges(count);
        expect([ranges[0]?.from, ranges.at(-1)?.to]).toEqual([MIN_TOKEN, MAX_TOKEN]);
        for (const [at, { from }] of ranges.entries()) if (at > 0) expect(from).toBe(ranges[at - 1]?.to);
      }),
    );
  });
});

describe('a place', () => {
  const range = { from: 0n, to: 1_000n };
  const at = (token: bigint) => ({ token, key: { k: String(token) }, cells: [] });

  it('counts partitions, and knows which it has seen whole', () => {
    const place = new Place(range, 3);
    expect(place.begin(at(10n))).toBeNull();
    for (let row = 0; row < 2; row++) place.row(null);
    expect(place.begin(at(500n))).toMatchObject({ key: { k: '10' }, rows: 2, isWhole: true });
    expect(place.seen).toBe(10n);
    // As many as the statement gives of a partition: it may have more.
    for (let row = 0; row < 3; row++) place.row(null);
    expect(place.end()).toMatchObject({ rows: 3, isWhole: false });
    expect(place.seen).toBe(1_000n);
  });

  it('does not claim what was cut off', () => {
    const place = new Place(range, 100);
    place.begin(at(10n));
    place.row(null);
    place.begin(at(700n));
    place.row(null);
    expect(place.stop()).toMatchObject({ rows: 1, isWhole: false });
    expect(place.seen).toBe(10n);
    expect(place.stop()).toBeNull();
  });

  it('keeps the days of its rows, also before 1970', () => {
    const place = new Place(range, 100);
    place.begin(at(10n));
    for (const time of ['1969-12-31T23:00:00Z', '1970-01-01T01:00:00Z', '1970-01-01T02:00:00Z']) {
      place.row(Date.parse(time));
    }
    const ended = place.end();
    expect(ended).not.toBeNull();
    if (ended === null) return;
    expect(seenPartition(ended, 12.4)).toMatchObject({
      rows: 3,
      bytes: 37,
      bytesPerRow: 12,
      time: { from: '1969-12-31T23:00:00.000Z', to: '1970-01-01T02:00:00.000Z', days: 2 },
    });
  });
});

describe('the sample', () => {
  it('keeps the widest partitions, whatever order they come in', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000)), fc.integer({ min: 1, max: 10 }), (sizes, most) => {
        const kept = sizes.reduce<Counted[]>((widest, rows) => withPartition(widest, one(rows), most), []);
        expect(kept.map(({ rows }) => rows)).toEqual(sizes.toSorted((a, b) => b - a).slice(0, most));
      }),
    );
  });

  it('is the whole ring when every place was read to its end', () => {
    const places = evenRanges(7).map((range) => new Place(range, 10));
    expect(shareOf(places)).toBe(0);
    for (const place of places) place.end();
    expect(shareOf(places)).toBe(1);
  });
});
