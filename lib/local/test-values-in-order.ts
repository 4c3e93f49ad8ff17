import type { JsonValue } from '@/lib/contract/json';
import { parseCqlType } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import { formatTimestamp } from '@/lib/wire/format';

const BIG = 2n ** 63n;

/** A user-defined type among them: what makes it in a keyspace, and its fields. */
export const PAIR = 'CREATE TYPE KS.pair (n int, t text)';

/** A type of the list. */
export function typeInOrder(text: string): CqlType {
  const pair = [
    { name: 'n', type: parseCqlType('int') },
    { name: 't', type: parseCqlType('text') },
  ];
  return parseCqlType(text, (_keyspace, name) => (name === 'pair' ? pair : []));
}

/** Values of each type in Cassandra's order, for tests. */
export const IN_ORDER: readonly (readonly [type: string, values: readonly JsonValue[]])[] = [
  ['text', ['', ' ', 'A', 'B', 'a', 'aa', 'b', 'z', 'ä', 'ÿ', '中', '\ue000', '\uffff', '😀', '😁']],
  ['ascii', ['', '10', '9', 'A', 'a']],
  ['bigint', [String(-BIG), '-10', '-9', '-1', '0', '1', '9', '10', '9007199254740992', '9007199254740993']],
  ['counter', ['-2', '0', '2', '10', String(BIG - 1n)]],
  ['varint', [`-1${'0'.repeat(40)}`, '-2', '0', '3', '12', '9'.repeat(40), `1${'0'.repeat(40)}`]],
  ['int', [-2147483648, -10, -9, 0, 9, 10, 2147483647]],
  ['smallint', [-300, -1, 0, 299]],
  ['tinyint', [-128, -1, 0, 127]],
  [
    'decimal',
    [
      '-1E+1000000000',
      '-10.5',
      '-10',
      '-0.1',
      '-1E-9',
      '0E-7',
      '1E-1000000000',
      '0.09',
      '0.1',
      '1.05',
      '1.5',
      '9',
      '10',
      '1E+3',
      '1001',
      '1E+2147483647',
    ],
  ],
  ['double', ['-Infinity', -1.5, -5e-324, -0, 0, 5e-324, 1, 9, 10, 1e300, 'Infinity', 'NaN']],
  ['float', ['-Infinity', -2, -0, 0, 0.1, 'Infinity', 'NaN']],
  ['boolean', [false, true]],
  ['date', ['-5877641-06-23', '-0001-01-01', '0000-01-01', '1969-12-31', '1970-01-01', '2001-01-09', '+12345-01-01']],
  [
    'time',
    ['00:00:00.000000000', '09:00:00.000000000', '10:00:00.000000001', '100:00:00.000000000', '-00:00:00.000000001'],
  ],
  [
    'timestamp',
    [
      formatTimestamp(-BIG),
      '-0001-01-01T00:00:00.000Z',
      '1969-12-31T23:59:59.999Z',
      '1970-01-01T00:00:00.000Z',
      '2001-01-09T06:10:00.000Z',
      '+12345-01-01T00:00:00.000Z',
      formatTimestamp(BIG - 1n),
    ],
  ],
  ['blob', ['0x', '0x00', '0x0000', '0x01', '0x7f', '0x80', '0xff']],
  ['inet', ['0.0.0.0', '::', '::1', '9.0.0.1', 'a00::1', '10.0.0.1', '127.0.0.1', 'ffff::', '255.255.255.255']],
  [
    'uuid',
    // By version; version 1 by its time, whose high bits come last in the text.
    [
      'ffffffff-0000-0000-8000-000000000000',
      'ffffffff-0000-1001-8000-000000000000',
      '00000000-0001-1001-8000-000000000000',
      '00000000-0000-1002-7f00-000000000000',
      '00000000-0000-1002-8000-000000000000',
      '00000000-0000-4000-8000-000000000000',
      'ffffffff-ffff-4fff-bfff-ffffffffffff',
    ],
  ],
  [
    'timeuuid',
    // Of one time, the other bytes count as signed.
    [
      'ffffffff-0000-1001-8000-000000000000',
      '00000000-0001-1001-8000-000000000000',
      '00000000-0000-1002-8000-0000000000ff',
      '00000000-0000-1002-8000-000000000000',
      '00000000-0000-1002-8000-000000000001',
      '00000000-0000-1002-7f00-000000000000',
    ],
  ],
  ['frozen<list<int>>', [[], [1], [1, 2], [2], [10]]],
  ['frozen<set<text>>', [['a'], ['a', 'b'], ['b']]],
  [
    'frozen<tuple<int, text>>',
    [
      [null, 'z'],
      [1, null],
      [1, 'a'],
      [1, 'b'],
      [2, 'a'],
    ],
  ],
  [
    'frozen<pair>',
    [
      { n: null, t: 'z' },
      { n: 1, t: null },
      { n: 1, t: 'a' },
      { n: 1, t: 'b' },
      { n: 2, t: 'a' },
    ],
  ],
  ['frozen<map<text, int>>', [{}, { a: 1 }, { a: 1, b: 0 }, { a: 2 }, { b: 0 }]],
  ['frozen<map<int, int>>', [[[1, 5]], [[1, 6]], [[2, 0]]]],
  [
    'vector<float, 2>',
    [
      [-1, 5],
      [0, 1],
      [0, 2],
    ],
  ],
];
