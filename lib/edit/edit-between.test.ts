import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/contract/json';
import type { CellEdit } from '@/lib/contract/mutations';
import type { ColumnShape } from '@/lib/cql/schema-lookup';
import { parseCqlType, type UdtLookup } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import { randomBytes, randomType } from '@/lib/wire/random-values';
import { toJson } from '@/lib/wire/values';
import { edited, merged } from './cell';
import { editBetween } from './edit-between';
import { isSame } from './table';

const UDTS: UdtLookup = (_keyspace, name) =>
  name === 'odd'
    ? [
        { name: 'x', type: parseCqlType('int') },
        { name: 'Odd y', type: parseCqlType('text') },
      ]
    : undefined;
const columnOf = (type: string): ColumnShape => ({
  name: 'v',
  type: parseCqlType(type, UDTS, 'ks'),
  kind: 'regular',
  clusteringOrder: 'none',
});

describe('the edit between two values', () => {
  const edits: [string, string, JsonValue, JsonValue, CellEdit | null][] = [
    ['a scalar is set', 'int', 1, 2, { set: 2 }],
    ['null deletes', 'int', 1, null, { set: null }],
    ['empty text is not null', 'text', null, '', { set: '' }],
    ['-0 is not 0', 'double', 0, -0, { set: -0 }],
    ['a decimal’s scale counts', 'decimal', '1.0', '1.00', { set: '1.00' }],
    ['the same value is no edit', 'timestamp', '2001-01-09T06:10:00.000Z', '979020600000', null],
    ['a map by entry', 'map<text, int>', { a: 1, b: 2 }, { a: 1, b: 3 }, { elements: [['b', 3]] }],
    [
      'an entry removed',
      'map<int, int>',
      [
        [1, 1],
        [2, 2],
      ],
      [[2, 2]],
      { set: [[2, 2]] },
    ],
    [
      'a set by element',
      'set<int>',
      [1, 2, 3],
      [1, 3, 4],
      {
        elements: [
          [4, true],
          [2, null],
        ],
      },
    ],
    ['a type by field', 'odd', { x: 1, 'Odd y': 'a' }, { x: 1, 'Odd y': null }, { fields: { 'Odd y': null } }],
    ['a frozen map is set', 'frozen<map<text, int>>', { a: 1, b: 2 }, { a: 1, b: 3 }, { set: { a: 1, b: 3 } }],
    ['a list grows at its end', 'list<int>', [1, 2], [1, 2, 3], { append: [3] }],
    ['and at its beginning', 'list<int>', [1, 2], [0, 1, 2], { prepend: [0] }],
    ['a list that changes inside is set', 'list<int>', [1, 2], [1, 3], { set: [1, 3] }],
    ['so is one that shrinks', 'list<int>', [1, 2], [1], { set: [1] }],
    ['a new list is set', 'list<int>', null, [1], { set: [1] }],
    ['an emptied map is null to Cassandra', 'map<text, int>', { a: 1 }, {}, { set: {} }],
    ['an empty list in place of null is no edit', 'list<int>', null, [], null],
    ['a counter is added to', 'counter', '9007199254740993', '9007199254740990', { by: '-3' }],
    ['a counter that is null begins at 0', 'counter', null, '5', { by: '5' }],
    ['a counter that stays is no edit', 'counter', '7', '7', null],
  ];
  it.each(edits)('%s', (_title, type, before, after, edit) => {
    expect(editBetween(columnOf(type), before, after)).toEqual(edit);
  });

  it('leads from one value to the other, for every type', () => {
    const pairs = randomType
      .filter((type) => !(type.kind === 'native' && type.name === 'counter'))
      .chain((type) => fc.tuple(fc.constant(type), randomBytes(type), randomBytes(type), fc.boolean()));
    fc.assert(
      fc.property(pairs, ([type, one, other, isFrozen]) => {
        const [before, after] = [toJson(one, type), toJson(other, type)];
        // What is stored in parts has no bytes as a whole.
        const isWhole = isFrozen || before === '' || after === '';
        const column: ColumnShape = { ...columnOf('int'), type: withFrozen(type, isWhole) };
        checkLeads(column, before, after);
        checkLeads(column, before, null);
        checkLeads(column, null, after);
      }),
    );
  });

  it('leads from a collection to one with few changes', () => {
    const column = columnOf('map<text, int>');
    const map = fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__', '7'), fc.nat(2), { noNullPrototype: true });
    fc.assert(fc.property(map, map, (before, after) => checkLeads(column, before, after)));
    const list = fc.array(fc.nat(2), { maxLength: 4 });
    fc.assert(fc.property(list, list, (before, after) => checkLeads(columnOf('list<int>'), before, after)));
    fc.assert(
      fc.property(list, list, (one, other) => checkLeads(columnOf('set<int>'), [...new Set(one)], [...new Set(other)])),
    );
  });
});

describe('edits one after another', () => {
  it('are one edit with the same result, in any order of kinds', () => {
    const list = fc.array(fc.nat(2), { minLength: 1, maxLength: 4 });
    const column = columnOf('list<int>');
    fc.assert(
      fc.property(list, list, list, (seen, then, last) => {
        const first = editBetween(column, seen, then);
        const next = editBetween(column, first === null ? seen : then, last);
        if (next === null) return;
        const both = merged(column, first ?? undefined, next, seen);
        expect(isSame(column, edited(column, seen, both), last)).toBe(true);
      }),
    );
  });
});

function checkLeads(column: ColumnShape, before: JsonValue, after: JsonValue): void {
  const edit = editBetween(column, before, after);
  if (edit === null) expect(isSame(column, before, after)).toBe(true);
  else expect(isSame(column, edited(column, before, edit), after)).toBe(true);
}

/** Stored as one value or in parts, where the type can be either; what is within is frozen, as Cassandra wants it. */
function withFrozen(type: CqlType, frozen: boolean): CqlType {
  const within = (of: CqlType) => withFrozen(of, true);
  switch (type.kind) {
    case 'list':
    case 'set':
      return { ...type, of: within(type.of), frozen };
    case 'map':
      return { ...type, key: within(type.key), value: within(type.value), frozen };
    case 'udt':
      return { ...type, fields: type.fields.map((field) => ({ ...field, type: within(field.type) })), frozen };
    default:
      return type;
  }
}
