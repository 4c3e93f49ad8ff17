import { describe, expect, it } from 'vitest';
import type { PrepareResponse } from '@/lib/contract/parameters';
import { hasMarkers, markersIn, type ParameterValues } from './parameter-values';
import { bindAll, choicesOf, exampleFor, parametersOf } from './parameters';

describe('the markers of a text', () => {
  it.each<[string, string[]]>([
    ['SELECT * FROM t WHERE k = ? AND c = :c', ['?', ':c']],
    ['SELECT * FROM t WHERE k = :"Odd name"', [':"Odd name"']],
    ["SELECT '?', ':a' FROM t -- ? :b", []],
    ['SELECT * FROM t /* ? */ WHERE k = $$ :a ? $$', []],
    ['SELECT "a?b", c // :x', []],
    ["UPDATE t SET m = {'a':b} WHERE k = :k", [':k']],
    ["UPDATE t SET m = {'a' : b, 'c':d} WHERE k = ?", ['?']],
    ["INSERT INTO t (k, u) VALUES (1, {street:'a',no:7})", []],
    ["INSERT INTO t (k, u) VALUES (1, {'a': :v, :k : 2})", [':v', ':k']],
    ["INSERT INTO t (k, u) VALUES (1, {'a'::v})", [':v']],
    ['INSERT INTO t (k, l) VALUES (?, [:a, ?])', ['?', ':a', '?']],
    ['SELECT * FROM t WHERE k IN :keys LIMIT :"limit"', [':keys', ':"limit"']],
    ['SELECT l[?] FROM t WHERE (a,b) > (?, :b) AND token(k) > ?', ['?', '?', ':b', '?']],
    ['BEGIN BATCH INSERT INTO t (k) VALUES (?); DELETE FROM t WHERE k = :a; APPLY BATCH', ['?', ':a']],
  ])('%s', (text, markers) => {
    expect(markersIn(text).map((marker) => marker.text)).toEqual(markers);
    expect(hasMarkers(text)).toBe(markers.length > 0);
  });

  it('know whether they are a whole list', () => {
    const text = 'SELECT * FROM t WHERE a IN ? AND b IN (?, ?) AND c in :c AND d = ?';
    expect(markersIn(text).map(({ afterIn }) => afterIn)).toEqual([true, false, false, true, false]);
  });
});

const prepared = (markers: readonly (readonly [name: string, type: string, key?: 'key'])[], writes = true) =>
  ({
    markers: markers.map(([name, type, key]) => ({ name, type, isPartitionKey: key === 'key' })),
    keyspace: 'ks',
    takesUnset: writes,
    isIdempotent: writes ? true : null,
  }) satisfies PrepareResponse;

const udts = (keyspace: string | undefined, name: string) =>
  keyspace === 'ks' && name === 'address'
    ? [{ name: 'no', type: { kind: 'native', name: 'int' } as const }]
    : undefined;

const typed = (texts: Record<string, string>): ParameterValues =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, { as: 'value', text }]));

const INSERT = 'INSERT INTO t (k, v, a, l) VALUES (?, :v, ?, :l)';
const inserting = parametersOf(
  [
    {
      text: INSERT,
      prepared: prepared([
        ['k', 'int', 'key'],
        ['v', 'text'],
        ['a', 'frozen<address>'],
        ['l', 'list<bigint>'],
      ]),
    },
  ],
  udts,
);

describe('parameters', () => {
  it('are named by their columns, or as they are written', () => {
    expect(inserting.map(({ key }) => key)).toEqual(['k', ':v', 'a', ':l']);
    expect(inserting.map(exampleFor)).toEqual(['42', 'text', '{no: 42}', '[42, …]']);
    expect(inserting.map(choicesOf)).toEqual([
      ['value'],
      ['value', 'empty', 'null', 'unset'],
      ['value', 'null', 'unset'],
      ['value', 'null', 'unset'],
    ]);
  });

  it('of the same name are one where they are named, and numbered where they are not', () => {
    const text = 'SELECT * FROM t WHERE a = :x AND b = :x AND c > ? AND c < ?';
    const of = parametersOf(
      [
        {
          text,
          prepared: prepared(
            [
              ['x', 'int'],
              ['x', 'smallint'],
              ['c', 'int'],
              ['c', 'int'],
            ],
            false,
          ),
        },
      ],
      udts,
    );
    expect(of.map(({ key, uses }) => [key, uses.length])).toEqual([
      [':x', 2],
      ['c', 1],
      ['c 2', 1],
    ]);
    expect(bindAll(of, typed({ ':x': '7', c: '1', 'c 2': '9' }))).toEqual({
      bound: new Map([[text, { params: [7, 7, 1, 9], unset: [] }]]),
    });
    expect(bindAll(of, typed({ ':x': '40000', c: '1', 'c 2': '9' }))).toMatchObject({
      key: ':x',
      missing: false,
      problem: expect.stringContaining('smallint'),
    });
  });

  it('are shared by the statements of a script', () => {
    const [first, second] = ['SELECT * FROM a WHERE k = :k', 'SELECT * FROM b WHERE k = :k'];
    const of = parametersOf(
      [first, second].map((text) => ({ text, prepared: prepared([['k', 'int', 'key']], false) })),
      udts,
    );
    expect(bindAll(of, typed({ ':k': '1' }))).toEqual({
      bound: new Map([first, second].map((text) => [text, { params: [1], unset: [] }])),
    });
  });
});

describe('values', () => {
  it('are bound by their types', () => {
    const values = {
      ...typed({ k: '1', a: '{no: 7}', ':l': '[1, 9223372036854775807]' }),
      ':v': { as: 'empty', text: '' } as const,
    };
    expect(bindAll(inserting, values)).toEqual({
      bound: new Map([[INSERT, { params: [1, '', { no: 7 }, ['1', '9223372036854775807']], unset: [] }]]),
    });
  });

  it('may be null or unset, but not in the partition key', () => {
    const values = {
      ...typed({ k: '1', ':l': '[]' }),
      ':v': { as: 'unset', text: 'x' } as const,
      a: { as: 'null', text: '' } as const,
    };
    expect(bindAll(inserting, values)).toEqual({
      bound: new Map([[INSERT, { params: [1, null, null, []], unset: [1] }]]),
    });
    for (const as of ['null', 'unset'] as const)
      expect(bindAll(inserting, { ...values, k: { as, text: '' } })).toMatchObject({ key: 'k', missing: false });
  });

  it.each<[Record<string, string>, object]>([
    [{}, { key: 'k', missing: true, problem: 'k has no value' }],
    [{ k: '1' }, { key: ':v', missing: true, problem: ':v has no value' }],
    [{ k: 'x' }, { key: 'k', missing: false, problem: expect.stringContaining('expected int') }],
  ])('that are missing or do not fit are named: %j', (texts, problem) => {
    expect(bindAll(inserting, typed(texts))).toEqual(problem);
  });

  it('for IN are several', () => {
    const text = 'SELECT * FROM t WHERE k IN ?';
    const of = parametersOf([{ text, prepared: prepared([['in(k)', 'list<text>']], false) }], udts);
    expect(of.map(exampleFor)).toEqual(['text, …']);
    expect(bindAll(of, typed({ 'in(k)': 'SEA, PDX' }))).toEqual({
      bound: new Map([[text, { params: [['SEA', 'PDX']], unset: [] }]]),
    });
    expect(bindAll(of, { 'in(k)': { as: 'unset', text: '' } })).toMatchObject({ missing: false });
  });

  it('named like an inherited property are missing', () => {
    const text = 'SELECT * FROM t WHERE k = ?';
    const of = parametersOf([{ text, prepared: prepared([['constructor', 'int', 'key']], false) }], udts);
    expect(bindAll(of, {})).toMatchObject({ key: 'constructor', missing: true });
  });
});
