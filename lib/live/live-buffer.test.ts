import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiveBuffer } from './live-buffer';
import { SERIES_NAMES } from './series';

const SLOT_BYTES = Float32Array.BYTES_PER_ELEMENT;

describe('the buffer of an hour', () => {
  it('holds the last slots of each row, with gaps as gaps, whatever is put when', () => {
    const step = fc.record({
      value: fc.option(fc.integer({ min: -1_000, max: 1_000 }), { nil: null }),
      row: fc.constantFrom('a', 'b'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (steps, slots) => {
        const buffer = new LiveBuffer(slots);
        for (const [at, { value, row }] of steps.entries()) {
          buffer.begin(at);
          if (value !== null) buffer.put(row, value);
        }
        const last = steps.map((one, at) => ({ ...one, at })).slice(-slots);
        expect(buffer.times(-1)).toEqual(last.map(({ at }) => at));
        for (const name of ['a', 'b']) {
          const values = last.map(({ row, value }) => (row === name ? value : null));
          if (buffer.has(name)) expect(buffer.values(name, -1)).toEqual(values);
          else expect(values.every((value) => value === null)).toBe(true);
        }
      }),
    );
  });

  it('gives only what came after a time', () => {
    const buffer = new LiveBuffer(4);
    for (const at of [10, 20, 30]) {
      buffer.begin(at);
      buffer.put('a', at);
    }
    expect([buffer.times(10), buffer.values('a', 10), buffer.values('b', 10)]).toEqual([[20, 30], [20, 30], undefined]);
  });

  it('keeps no more rows than it has bytes for, and counts those that it refuses', () => {
    const buffer = new LiveBuffer(2, 2 * 2 * SLOT_BYTES);
    buffer.begin(1);
    expect(['a', 'b', 'c', 'a'].map((name) => buffer.put(name, 1))).toEqual([true, true, false, true]);
    expect([buffer.refused, buffer.has('c')]).toEqual([1, false]);
    buffer.retain((name) => name === 'b');
    expect(buffer.put('c', 1)).toBe(true);
  });

  it('keeps nothing before a slot has begun', () => {
    expect(new LiveBuffer().put('a', 1)).toBe(false);
  });

  it('keeps a row only from when it is not zero, which says that it was zero where others are known', () => {
    const buffer = new LiveBuffer(4);
    for (const [at, all, one] of [
      [1, 5, 0],
      [2, null, null],
      [3, 5, 0],
      [4, 6, 2],
    ] as const) {
      buffer.begin(at);
      if (all !== null) buffer.put('all', all);
      if (one !== null) buffer.putSparse('one', one, 'all');
    }
    expect(buffer.values('one', 0)).toEqual([0, null, 0, 2]);
  });

  it.each([
    [3, 0.2],
    [100, 4.9],
    [1_000, 47.9],
  ])('holds an hour of %i nodes in %f MB', (nodes, megabytes) => {
    const buffer = new LiveBuffer();
    buffer.begin(1);
    for (let node = 0; node < nodes; node++) {
      for (const name of SERIES_NAMES) buffer.put(`${node} ${name}`, 1);
    }
    expect(buffer.refused).toBe(0);
    expect(buffer.bytes / 1e6).toBeCloseTo(megabytes, 0);
    expect(buffer.bytes).toBeLessThan(64 * 1024 * 1024);
  });
});
