import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/contract/json';
import { parseCqlType, type UdtLookup } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import { anyText } from '@/lib/text/test-text';
import { typedListTextOf, typedTextOf } from './as-typed';
import { fromJson } from './encode';
import { exampleOf, parseTypedList, parseTypedText } from './typed-text';
import { toCqlLiteral } from './values';

const udts: UdtLookup = (_keyspace, name) =>
  name === 'address'
    ? [
        { name: 'street', type: { kind: 'native', name: 'text' } },
        { name: 'no', type: { kind: 'native', name: 'int' } },
      ]
    : undefined;
const typeOf = (text: string) => parseCqlType(text, udts, 'ks');
const typed = (text: string, type: string) => parseTypedText(text, typeOf(type));
const list = (text: string, type: string) => parseTypedList(text, typeOf(type));

describe('a typed value', () => {
  it.each<[string, string, JsonValue]>([
    [' SEA ', 'text', ' SEA '],
    ['', 'text', ''],
    ['42', 'text', '42'],
    [' 42 ', 'int', 42],
    ['-1', 'smallint', -1],
    ['9223372036854775807', 'bigint', '9223372036854775807'],
    ['1.50', 'decimal', '1.50'],
    ['1.5e3', 'double', 1500],
    ['NaN', 'double', 'NaN'],
    ['true', 'boolean', true],
    ['2001-01-09', 'date', '2001-01-09'],
    ['2001-01-09 07:10+01:00', 'timestamp', '2001-01-09T06:10:00.000Z'],
    [' 123E4567-e89b-42d3-a456-426614174000', 'uuid', '123e4567-e89b-42d3-a456-426614174000'],
    ['2001:DB8::1', 'inet', '2001:db8::1'],
    ['0xCAFE', 'blob', '0xcafe'],
    ['90m', 'duration', '1h30m'],
    ['[1, 2]', 'frozen<list<int>>', [1, 2]],
    ['[9223372036854775807]', 'list<bigint>', ['9223372036854775807']],
    ['[1.10000000000000000000001]', 'list<decimal>', ['1.10000000000000000000001']],
    ["{'b', 'a'}", 'set<text>', ['b', 'a']],
    ['["b"]', 'set<text>', ['b']],
    ["{'a': 1}", 'map<text, int>', { a: 1 }],
    ['{"a": 1}', 'map<text, int>', { a: 1 }],
    ['{1: true}', 'map<int, boolean>', [[1, true]]],
    ["(1, 'x, y', null)", 'tuple<int, text, blob>', [1, 'x, y', null]],
    ["{street: 'Main', no: 7}", 'address', { street: 'Main', no: 7 }],
    ['{"street": null}', 'address', { street: null, no: null }],
    ['[0.5, -1]', 'vector<float, 2>', [0.5, -1]],
    ["[{'a': [1]}]", 'frozen<list<frozen<map<text, frozen<list<int>>>>>>', [{ a: [1] }]],
    ['[-Infinity, 1e2]', 'list<double>', ['-Infinity', 100]],
  ])('%j of %s', (text, type, value) => {
    expect(typed(text, type)).toEqual({ value });
  });

  it.each([
    ['4x', 'int', /expected int: a whole number/],
    ['', 'int', /a value is missing, such as 42/],
    ['2147483648', 'int', /from -2147483648 to 2147483647/],
    ['256', 'tinyint', /from -128 to 127/],
    ['yes', 'boolean', /true or false/],
    ['nope', 'uuid', /expected uuid/],
    ['2001-02-29', 'date', /there is no day 2001-02-29/],
    ['2001-01-09 07:10', 'timestamp', /with Z or an offset/],
    ['0xabc', 'blob', /pairs of hex digits/],
    ['1.2.3', 'inet', /an IP address/],
    ['{', 'frozen<list<int>>', /expected a CQL literal, such as \[42, …\], or JSON/],
    ["['a']", 'list<int>', /\[0\]: expected int/],
    ["{street: 'x', lane: 1}", 'address', /CQL literal/],
    ['(1)', 'tuple<int, int>', /a tuple: an array of 2/],
    ['[1]', 'vector<float, 2>', /a vector: an array of 2/],
  ])('%j is refused as %s, with the reason', (text, type, problem) => {
    expect(typed(text, type)).toEqual({ problem: expect.stringMatching(problem) });
  });

  it('is read back from the server’s own literal', () => {
    const type = typeOf('map<text, frozen<tuple<int, text>>>');
    const value = fc.dictionary(anyText, fc.tuple(fc.integer({ min: -9, max: 9 }), fc.string()));
    fc.assert(
      fc.property(value, (map) => {
        const literal = toCqlLiteral(fromJson(map, type), type);
        expect(parseTypedText(literal, type)).toEqual({ value: { ...map } });
      }),
    );
  });

  it('can be edited again', () => {
    for (const [text, type] of [
      ['it', 'text'],
      ['[1,2]', 'list<int>'],
      ['{"a":1}', 'map<text, int>'],
      ['true', 'boolean'],
    ] as const) {
      const read = typed(text, type);
      expect('value' in read && typedTextOf(read.value)).toBe(text);
    }
  });
});

describe('several values', () => {
  it.each<[string, string, JsonValue[]]>([
    ['SEA, PDX', 'text', ['SEA', 'PDX']],
    ['["a,b", "c"]', 'text', ['a,b', 'c']],
    ['1,2', 'int', [1, 2]],
    ['[1, 2]', 'int', [1, 2]],
    [
      "(1, 'a'), (2, 'b')",
      'tuple<int, text>',
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    ['[[1, "a"]]', 'tuple<int, text>', [[1, 'a']]],
  ])('%j of %s', (text, type, value) => {
    expect(list(text, type)).toEqual({ value });
    expect(list(typedListTextOf(value), type)).toEqual({ value });
  });

  it.each([
    ['1, b', 'int', /expected int/],
    ['[1, 2', 'int', /separated by commas/],
    ['', 'int', /a value is missing/],
  ])('%j are refused as %s', (text, type, problem) => {
    expect(list(text, type)).toEqual({ problem: expect.stringMatching(problem) });
  });
});

describe('an example', () => {
  it.each([
    ['map<text, int>', "{'text': 42}"],
    ['set<date>', "{'2001-01-09', …}"],
    ['tuple<int, text>', "(42, 'text')"],
    ['address', "{street: 'text', no: 42}"],
  ])('of %s is %s', (type, example) => {
    expect(exampleOf(typeOf(type))).toBe(example);
  });

  it('can be typed as it stands, whatever the fields are called', () => {
    const fields = ['Field One', 'select', 'a"b'].map((name) => ({ name, type: typeOf('int') }));
    const type: CqlType = { kind: 'udt', keyspace: 'ks', name: 't', fields };
    expect(exampleOf(type)).toBe('{"Field One": 42, "select": 42, "a""b": 42}');
    expect(parseTypedText(exampleOf(type), type)).toEqual({ value: { 'Field One': 42, select: 42, 'a"b': 42 } });
  });
});
