import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/contract/json';
import { parseCqlType } from '@/lib/cql/type-text';
import { histogramOf } from './histogram';

const of = (values: readonly JsonValue[], type: string) =>
  histogramOf(
    values.map((value) => ({ value, count: 1 })),
    parseCqlType(type, () => []),
  );

describe('a histogram', () => {
  it('counts every row once, between the ends', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (values) => {
        const found = of(values, 'double');
        expect(found?.counts.reduce((sum, one) => sum + one, 0)).toBe(values.length);
        expect([found?.from, found?.to]).toEqual([Math.min(...values), Math.max(...values)]);
      }),
    );
  });

  it('has the least in its first part and the greatest in its last', () => {
    const found = of([0, 23, 24], 'int');
    expect([found?.counts[0], found?.counts[23], found?.counts.length]).toEqual([1, 2, 24]);
    expect(of(['2001-01-09', '2001-01-09'], 'date')?.counts).toEqual([2]);
  });

  it('leaves out what has no place, and counts it', () => {
    expect(of(['NaN', 'Infinity', 1.5], 'double')).toEqual({ counts: [1], from: 1.5, to: 1.5, undrawn: 2 });
    expect(of([-Number.MAX_VALUE, 0, Number.MAX_VALUE], 'double')?.counts[12]).toBe(1);
  });

  it.each([
    ['text', ['a']],
    ['duration', ['1h']],
    ['decimal', ['1E+999']],
    ['int', []],
  ])('of %s %o is none', (type, values) => {
    expect(of(values, type)).toBeNull();
  });
});
