import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/contract/json';
import { anyText } from '@/lib/text/test-text';
import { formatDecimal } from '@/lib/wire/format';
import { sortSteps } from './sort-steps';
import { IN_ORDER, typeInOrder as typeOf } from './test-values-in-order';
import { hasOrder, keyColumn } from './value-orders';

function sorted(values: readonly JsonValue[], type: string, descending = false): JsonValue[] {
  const keys = keyColumn(typeOf(type), descending);
  if (keys === null) throw new Error(`${type} has no order`);
  for (const value of values) keys.add(value);
  const steps = sortSteps(values.length, (a, b) => keys.compare(a, b));
  let step = steps.next();
  while (!step.done) step = steps.next();
  return Array.from(step.value, (at) => values[at] ?? null);
}

describe('the order of a type', () => {
  it.each(IN_ORDER)('%s is that of Cassandra', (type, values) => {
    expect(sorted(values.toReversed(), type)).toEqual(values);
    expect(sorted(values, type)).toEqual(values);
    expect(sorted(values, type, true)).toEqual(values.toReversed());
  });

  it.each(['duration', 'frozen<t>', "'org.example.Strange'"])('%s has none', (type) => {
    expect(hasOrder(typeOf(type))).toBe(false);
    expect(keyColumn(typeOf(type))).toBeNull();
  });

  it('puts null last both ways, and no bytes at all before all values', () => {
    expect(sorted([null, 2, '', 1], 'int')).toEqual(['', 1, 2, null]);
    expect(sorted([null, 2, '', 1], 'int', true)).toEqual([2, 1, '', null]);
    expect(sorted([null, 'a', ''], 'text', true)).toEqual(['a', '', null]);
  });

  it('does not fail over what has not the form of its type: it is last', () => {
    expect(sorted(['x', 2, 1], 'int')).toEqual([1, 2, 'x']);
    expect(sorted(['x', '2'], 'bigint')).toEqual(['2', 'x']);
  });
});

describe('exact numbers', () => {
  it('sort as bigints do, of any size', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n })), (numbers) => {
        const wanted = numbers.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)).map(String);
        expect(sorted(numbers.map(String), 'varint')).toEqual(wanted);
      }),
    );
  });

  it('sort as decimals by their value, whatever their scale', () => {
    const decimals = fc.array(
      fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: -20, max: 20 })),
    );
    fc.assert(
      fc.property(decimals, (parts) => {
        const scaled = parts.map(([unscaled, scale]) => ({
          text: formatDecimal(unscaled, scale),
          value: unscaled * 10n ** BigInt(20 - scale),
        }));
        const wanted = scaled.toSorted((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
        expect(
          sorted(
            scaled.map(({ text }) => text),
            'decimal',
          ),
        ).toEqual(wanted.map(({ text }) => text));
      }),
    );
  });
});

describe('text', () => {
  it('sorts as its UTF-8 bytes do', () => {
    fc.assert(
      fc.property(fc.array(anyText), (texts) => {
        const wanted = texts.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect(sorted(texts, 'text')).toEqual(wanted);
      }),
    );
  });
});
