import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnType, exactJson, isNumeric, valuePreview, valueText } from './value-text';

const text = (value: Parameters<typeof valueText>[0], type: string) => valueText(value, columnType(type));

describe('values as text', () => {
  it.each([
    [null, 'int', 'null'],
    ['', 'text', ''],
    [-0, 'double', '-0'],
    ['NaN', 'double', 'NaN'],
    ['-9223372036854775808', 'bigint', '-9223372036854775808'],
    ['1.500', 'decimal', '1.500'],
    [true, 'boolean', 'true'],
    [['b', 'a'], 'set<text>', '{b, a}'],
    [['a', 'b, c', ''], 'list<text>', "[a, 'b, c', '']"],
    [[1, null, 'x'], 'tuple<int, int, text>', '(1, null, x)'],
    [[0.5, -0], 'vector<float, 2>', '[0.5, -0]'],
    [{ a: 1, 'b:c': 2 }, 'map<text, int>', "{a: 1, 'b:c': 2}"],
    [{ '9': 1, '10': 2, a: 3 }, 'map<text, int>', '{10: 2, 9: 1, a: 3}'],
    [[[1, ['x']]], 'map<int, frozen<list<text>>>', '{1: [x]}'],
    [{ street: "O'Hara", zip: null }, 'address', "{street: 'O''Hara', zip: null}"],
    [['null', null], 'list<text>', "['null', null]"],
    [['06:10:00.000000000'], 'list<time>', '[06:10:00.000000000]'],
  ])('%j as %s', (value, type, expected) => {
    expect(text(value, type)).toBe(expected);
  });

  it('previews a beginning and does not walk the rest', () => {
    const long = Array.from({ length: 1_000_000 }, (_, index) => index);
    const preview = valuePreview(long, columnType('list<int>'), 20);
    expect(preview).toBe('[0, 1, 2, 3, 4, 5, 6…');
    expect(valuePreview('x'.repeat(50), columnType('text'), 20)).toBe(`${'x'.repeat(20)}…`);
  });

  it('knows numbers, and takes a type that it cannot read for none', () => {
    expect(isNumeric(columnType('frozen<list<int>>'))).toBe(false);
    expect(isNumeric(columnType('varint'))).toBe(true);
    expect(columnType('<<')).toBeUndefined();
    expect(text([1, 2], '<<')).toBe('[1, 2]');
  });

  it('writes JSON that reads back the same, -0 and all', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const json = value as Parameters<typeof exactJson>[0];
        expect(JSON.parse(exactJson(json, indent))).toEqual(json);
      }),
    );
    expect(exactJson([-0, { a: [] }], 2)).toBe('[\n  -0,\n  {\n    "a": []\n  }\n]');
  });
});
