import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/contract/json';
import { parseCqlType } from '@/lib/cql/type-text';
import { fromJson } from './encode';
import { ValueError } from './errors';
import { toJson } from './values';

const FIELDS = [
  { name: 'street', type: parseCqlType('text') },
  { name: 'numbers', type: parseCqlType('list<int>') },
];
const typeOf = (text: string) => parseCqlType(text, (_, name) => (name === 'address' ? FIELDS : undefined), 'k');

/** What the server would return for the value. */
function stored(value: JsonValue, type: string): JsonValue {
  return toJson(fromJson(value, typeOf(type)), typeOf(type));
}

function failure(value: JsonValue, type: string, path?: string): unknown {
  try {
    return fromJson(value, typeOf(type), path);
  } catch (error) {
    return error;
  }
}

describe('unambiguous forms are accepted', () => {
  it.each<[string, JsonValue, JsonValue]>([
    ['int', ' 42 ', 42],
    ['int', '+7', 7],
    ['bigint', 42, '42'],
    ['varint', 9007199254740991, '9007199254740991'],
    ['decimal', 1.5, '1.5'],
    ['decimal', '.5', '0.5'],
    ['decimal', '1.50e3', '1.50E+3'],
    ['double', '1e3', 1000],
    ['double', '-Infinity', '-Infinity'],
    ['double', '-0', -0],
    ['float', 0.1, 0.1],
    ['boolean', 'TRUE', true],
    ['blob', '0XCAfe', '0xcafe'],
    ['uuid', '550E8400-E29B-41D4-A716-446655440000', '550e8400-e29b-41d4-a716-446655440000'],
    ['inet', '2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['inet', '::ffff:1.2.3.4', '::ffff:1.2.3.4'],
    ['time', '13:45', '13:45:00.000000000'],
    ['time', '13:45:01.5', '13:45:01.500000000'],
    ['timestamp', '2024-02-29T13:45:00Z', '2024-02-29T13:45:00.000Z'],
    ['timestamp', '2024-02-29 13:45+02:00', '2024-02-29T11:45:00.000Z'],
    ['timestamp', '2024-02-29T13:45:00.5-0130', '2024-02-29T15:15:00.500Z'],
    ['timestamp', 1700000000123, '2023-11-14T22:13:20.123Z'],
    ['timestamp', '-1', '1969-12-31T23:59:59.999Z'],
    ['duration', '2W3D', '17d'],
    ['duration', '1500ms', '1s500ms'],
    ['map<int, text>', { '1': 'a' }, [[1, 'a']]],
    ['map<text, int>', [['a', 1]], { a: 1 }],
    ['address', { numbers: [1] }, { street: null, numbers: [1] }],
    ['text', ' kept ', ' kept '],
  ])('%s %j', (type, value, expected) => {
    expect(stored(value, type)).toEqual(expected);
  });

  it('text keys are put into the server’s order', () => {
    expect(fromJson({ '10': 1, '2': 2, é: 3, b: 4 }, typeOf('map<text, int>'))).toEqual(
      fromJson(
        [
          ['10', 1],
          ['2', 2],
          ['b', 4],
          ['é', 3],
        ],
        typeOf('map<text, int>'),
      ),
    );
  });
});

describe('what is not a value of the type is refused', () => {
  it.each<[string, JsonValue]>([
    ['tinyint', 128],
    ['smallint', '-32769'],
    ['int', 2147483648],
    ['int', 1.5],
    ['int', 'abc'],
    ['int', true],
    ['bigint', '9223372036854775808'],
    ['bigint', 9007199254740992],
    ['decimal', 0.12345678901234568],
    ['decimal', '1E2147483650'],
    ['decimal', '1,5'],
    ['float', 1e39],
    ['double', '1e309'],
    ['double', 'nan'],
    ['boolean', 1],
    ['text', 1],
    ['text', '\ud800'],
    ['ascii', 'é'],
    ['blob', ''],
    ['blob', '0xabc'],
    ['uuid', '550e8400e29b41d4a716446655440000'],
    ['timeuuid', '550e8400-e29b-41d4-a716-446655440000'],
    ['inet', 'localhost'],
    ['inet', '1.2.3'],
    ['inet', '1.2.3.256'],
    ['inet', '01.2.3.4'],
    ['inet', '1::2::3'],
    ['inet', 'fe80::1%eth0'],
    ['inet', '1:2:3:4:5:6:7:8::'],
    ['date', '2023-02-29'],
    ['date', '2024-13-01'],
    ['date', '+5881580-07-12'],
    ['date', '-5877641-06-22'],
    ['time', '24:00:00'],
    ['time', '13:45:00.1234567890'],
    ['timestamp', '2024-02-29T13:45:00'],
    ['timestamp', '2024-02-29'],
    ['timestamp', '2024-02-29T13:45:00.0001Z'],
    ['timestamp', '+292278994-08-17T07:12:55.808Z'],
    ['duration', '1d1y'],
    ['duration', '-'],
    ['duration', '2147483648d'],
    ['list<int>', { a: 1 }],
    ['list<int>', [null]],
    ['map<text, int>', [['a']]],
    ['map<text, int>', { a: null }],
    ['tuple<int, int>', [1]],
    ['vector<float, 3>', [1, 2]],
    ['vector<float, 2>', [1, '']],
    ['address', ['x']],
    ["'com.example.Unknown'", 'x'],
  ])('%s %j', (type, value) => {
    expect(failure(value, type)).toBeInstanceOf(ValueError);
  });

  it.each<[string, JsonValue, string | undefined, string]>([
    ['int', 'abc', undefined, 'expected int: a whole number from -2147483648 to 2147483647, such as 42; got "abc"'],
    [
      'list<int>',
      [1, 2, 'x'],
      'tags',
      'tags[2]: expected int: a whole number from -2147483648 to 2147483647, such as 42; got "x"',
    ],
    ['map<text, int>', { 'a b': 'x' }, 'scores', 'scores["a b"]: expected int:'],
    ['map<int, int>', { x: 1 }, 'scores', 'scores["x"] (the key): expected int:'],
    ['address', { numbers: [1, 'x'] }, 'home', 'home.numbers[1]: expected int:'],
    ['address', { town: 'x' }, 'home', 'home: address has no field "town"; it has street, numbers'],
    [
      'bigint',
      2 ** 60,
      'id',
      'id: the number 1152921504606847000 is too large to be exact in JSON: write it in quotes',
    ],
    ['date', '2023-02-29', 'day', 'day: there is no day 2023-02-29'],
    ['set<int>', [null], 'tags', 'tags[0]: a set cannot hold null'],
  ])('%s %j says where and why', (type, value, path, message) => {
    expect(String(failure(value, type, path))).toContain(`ValueError: ${message}`);
  });

  it('an inherited property is not taken for a field of the value', () => {
    const type = {
      kind: 'udt',
      keyspace: 'k',
      name: 'u',
      fields: [{ name: 'toString', type: typeOf('text') }],
    } as const;
    expect(toJson(fromJson({}, type), type)).toEqual({ toString: null });
  });

  it('a number may have very many digits, and no more', () => {
    const digits = '9'.repeat(38_000);
    expect(toJson(fromJson(digits, typeOf('varint')), typeOf('varint'))).toBe(digits);
    expect(toJson(fromJson(`-${digits}.5`, typeOf('decimal')), typeOf('decimal'))).toBe(`-${digits}.5`);
    const more = '9'.repeat(2_000_000);
    for (const type of ['varint', 'decimal', 'int', 'bigint', 'double', 'timestamp']) {
      expect(() => fromJson(more, typeOf(type))).toThrow('a number of 2000000 characters');
    }
    expect(() => toJson(new Uint8Array(12_000_000).fill(1), typeOf('varint'))).toThrow('a number of 12000000 bytes');
    expect(() => toJson(new Uint8Array(12_000_000).fill(1), typeOf('decimal'))).toThrow('a number of 11999996 bytes');
  });

  it.each(['0', '-1', '127', '128', '255', '256', '-128', '-129', '-256', '-32768', '-32769', '65535'])(
    'the whole number %s survives a round trip in the fewest bytes',
    (value) => {
      const bytes = fromJson(value, typeOf('varint'));
      expect(toJson(bytes, typeOf('varint'))).toBe(value);
      const [first = 0, second = 0] = bytes ?? [];
      const isSuperfluous =
        (bytes?.length ?? 0) > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second > 0x7f));
      expect(isSuperfluous).toBe(false);
    },
  );
});
