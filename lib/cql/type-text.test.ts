import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TYPE_DEPTH } from '@/lib/contract/limits';
import { parseMarshalClass } from './marshal';
import { CqlTypeError, formatCqlType, fullTypeText, parseCqlType, type UdtLookup } from './type-text';
import { type CqlType, NATIVE_TYPES } from './types';

const int: CqlType = { kind: 'native', name: 'int' };
const text: CqlType = { kind: 'native', name: 'text' };
const FIELDS = [{ name: 'Straße', type: text }];
const udts: UdtLookup = (_keyspace, name) => (name.startsWith('udt') ? FIELDS : undefined);

const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
const name = fc.oneof(fc.string({ unit }), fc.constantFrom('', '_int', ' a"b', ' SELECT')).map((end) => `udt${end}`);

const { type: anyType } = fc.letrec<{ type: CqlType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(...NATIVE_TYPES).map((native): CqlType => ({ kind: 'native', name: native })),
    name.map((udt): CqlType => ({ kind: 'udt', keyspace: 'ks', name: udt, fields: FIELDS })),
    fc.tuple(fc.constantFrom('list', 'set'), tie('type')).map(([kind, of]): CqlType => ({ kind, of, frozen: true })),
    fc.tuple(tie('type'), tie('type')).map(([key, value]): CqlType => ({ kind: 'map', key, value })),
    fc.array(tie('type'), { minLength: 1, maxLength: 3 }).map((of): CqlType => ({ kind: 'tuple', of })),
    fc.tuple(tie('type'), fc.nat(8192)).map(([of, dimensions]): CqlType => ({ kind: 'vector', of, dimensions })),
    fc.constantFrom("com.example.It's", 'Odd()').map((className): CqlType => ({ kind: 'custom', className })),
  ),
}));

describe('parseCqlType', () => {
  it('reads what system_schema writes', () => {
    expect(parseCqlType('map<text, frozen<list<int>>>')).toEqual({
      kind: 'map',
      key: text,
      value: { kind: 'list', of: int, frozen: true },
    });
    expect(parseCqlType('vector<float, 3>')).toEqual({
      kind: 'vector',
      of: { kind: 'native', name: 'float' },
      dimensions: 3,
    });
    expect(parseCqlType('frozen<tuple<int, text>>')).toEqual({ kind: 'tuple', of: [int, text] });
    expect(parseCqlType('VARCHAR')).toEqual(text);
  });

  it('looks user-defined types up, in their own keyspace where they name one', () => {
    expect(parseCqlType('frozen<"udt A">', udts, 'ks')).toEqual({
      kind: 'udt',
      keyspace: 'ks',
      name: 'udt A',
      fields: FIELDS,
      frozen: true,
    });
    expect(parseCqlType('Other.udt1', udts, 'ks')).toMatchObject({ keyspace: 'other', name: 'udt1' });
    expect(parseCqlType('"int"', () => FIELDS, 'ks')).toMatchObject({ kind: 'udt', name: 'int' });
  });

  it('treats what it cannot find as opaque', () => {
    expect(parseCqlType('address', udts)).toEqual({ kind: 'custom', className: 'address' });
    expect(parseCqlType("'com.example.Odd(a,b)'")).toEqual({ kind: 'custom', className: 'com.example.Odd(a,b)' });
  });

  it.each(['', 'list<', 'list<int', 'list<int>>', 'map<int>', 'int text', 'vector<int, x>', 'pair<int>', 'a.', '<'])(
    'refuses %j with a reason',
    (wrong) => {
      expect(() => parseCqlType(wrong)).toThrow(CqlTypeError);
      expect(() => parseCqlType(wrong)).toThrow(/expected/);
    },
  );

  it('comes back from its text', () => {
    fc.assert(
      fc.property(anyType, (type) => {
        expect(parseCqlType(formatCqlType(type), udts, 'ks')).toEqual(type);
      }),
    );
  });

  it('writes names that look like types in quotes', () => {
    expect(formatCqlType({ kind: 'udt', keyspace: 'ks', name: 'int', fields: [] })).toBe('"int"');
    expect(formatCqlType({ kind: 'udt', keyspace: 'ks', name: 'Addr', fields: [], frozen: true })).toBe(
      'frozen<"Addr">',
    );
  });
});

describe('parseMarshalClass', () => {
  const marshal = 'org.apache.cassandra.db.marshal.';

  it('reads what protocol v4 sends for vectors and durations', () => {
    expect(parseMarshalClass(`${marshal}DurationType`)).toEqual({ kind: 'native', name: 'duration' });
    expect(parseMarshalClass(`${marshal}VectorType(${marshal}FloatType , 3)`)).toEqual({
      kind: 'vector',
      of: { kind: 'native', name: 'float' },
      dimensions: 3,
    });
  });

  it('reads nested types, reversed and frozen ones', () => {
    const nested = `${marshal}ReversedType(${marshal}FrozenType(${marshal}MapType(UTF8Type,ListType(Int32Type))))`;
    expect(parseMarshalClass(nested)).toEqual({
      kind: 'map',
      key: text,
      value: { kind: 'list', of: int },
      frozen: true,
    });
  });

  it('reads user types with names in hex', () => {
    expect(parseMarshalClass(`UserType(my_ks,61646472,7374:UTF8Type,6e:VectorType(Int32Type, 2))`)).toEqual({
      kind: 'udt',
      keyspace: 'my_ks',
      name: 'addr',
      fields: [
        { name: 'st', type: text },
        { name: 'n', type: { kind: 'vector', of: int, dimensions: 2 } },
      ],
    });
  });

  it('keeps what it does not know, also inside what it knows', () => {
    expect(parseMarshalClass('ListType(com.example.Odd(a=>b,c))')).toEqual({
      kind: 'list',
      of: { kind: 'custom', className: 'com.example.Odd(a=>b,c)' },
    });
    expect(parseMarshalClass('ListType(')).toEqual({ kind: 'custom', className: 'ListType(' });
    expect(parseMarshalClass('UserType(ks,zz)')).toEqual({ kind: 'custom', className: 'UserType(ks,zz)' });
  });

  it('never throws', () => {
    const part = fc.constantFrom('ListType', 'UserType', 'VectorType', '(', ')', ',', ':', ' ', '61', 'x');
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        expect(parseMarshalClass(parts.join('')).kind).toBeTypeOf('string');
      }),
    );
  });

  it('is opaque when it is nested without end', () => {
    for (const text of ['ListType('.repeat(100_000), `${'ListType('.repeat(10_000)}Int32Type${')'.repeat(10_000)}`]) {
      expect(parseMarshalClass(text)).toEqual({ kind: 'custom', className: text });
    }
    const deep = `${'FrozenType(ListType('.repeat(TYPE_DEPTH)}Int32Type${'))'.repeat(TYPE_DEPTH)}`;
    expect(formatCqlType(parseMarshalClass(deep))).toContain('list<int>');
  });
});

describe('a type’s text that is nested without end', () => {
  it.each(['list<', 'frozen<list<', 'tuple<', 'map<int, ', 'vector<'])('is refused: %s', (open) => {
    expect(() => parseCqlType(open.repeat(100_000))).toThrow(CqlTypeError);
  });

  it('may be as deep as the limit says', () => {
    const deep = `${'frozen<list<'.repeat(TYPE_DEPTH)}int${'>>'.repeat(TYPE_DEPTH)}`;
    expect(formatCqlType(parseCqlType(deep))).toBe(deep);
  });
});

describe('fullTypeText', () => {
  it('tells types apart by their fields, at whatever depth', () => {
    const of = (field: string) =>
      fullTypeText({
        kind: 'map',
        key: { kind: 'native', name: 'text' },
        value: {
          kind: 'tuple',
          of: [
            {
              kind: 'udt',
              keyspace: 'ks',
              name: 'Outer',
              frozen: true,
              fields: [
                {
                  name: 'inner',
                  type: {
                    kind: 'udt',
                    keyspace: 'ks',
                    name: 'pair',
                    fields: [{ name: field, type: { kind: 'native', name: 'int' } }],
                  },
                },
              ],
            },
          ],
        },
      });
    expect(of('a')).toBe('map<text, frozen<tuple<frozen<"Outer" (inner pair (a int))>>>>');
    expect(of('A, b')).toBe('map<text, frozen<tuple<frozen<"Outer" (inner pair ("A, b" int))>>>>');
  });
});
