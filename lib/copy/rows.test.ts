import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/contract/json';
import type { Mapping } from '@/lib/contract/transforms';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { parseCqlType } from '@/lib/cql/type-text';
import { fromJson } from '@/lib/wire/encode';
import { toJson } from '@/lib/wire/values';
import { newTable } from './create';
import { type Field, ttlField, writeTimeField } from './fields';
import { CopyMapper } from './mapper';
import { RowMaker } from './rows';

const column = (
  name: string,
  type: string,
  kind: ColumnShape['kind'],
  order: ColumnShape['clusteringOrder'] = 'none',
) => ({
  ...{ name, type: parseCqlType(type), kind, clusteringOrder: order },
});
const TABLE: TableShape = {
  partitionKey: ['p'],
  clusteringKey: ['c'],
  columns: [
    column('p', 'int', 'partition_key'),
    column('c', 'int', 'clustering', 'desc'),
    column('s', 'text', 'static'),
    column('v', 'text', 'regular'),
    column('n', 'int', 'regular'),
    column('l', 'list<int>', 'regular'),
  ],
  indexes: [],
  isVirtual: false,
  isView: false,
};
const plain = (name: string): Field => {
  const found = TABLE.columns.find((one) => one.name === name);
  return { name, type: found?.type ?? parseCqlType('int'), kind: found?.kind ?? null };
};
const age = (name: string, type: string): Field => ({ name, type: parseCqlType(type), kind: null });
const NAMES = ['p', 'c', 's', 'v', 'n', 'l'];
const FIELDS: readonly Field[] = [
  ...NAMES.map(plain),
  ...['s', 'v', 'n'].flatMap((name) => [age(ttlField(name), 'int'), age(writeTimeField(name), 'bigint')]),
];
const cells = (values: readonly JsonValue[]) => FIELDS.map(({ type }, at) => fromJson(values[at] ?? null, type));
const whole: Mapping = NAMES.map((to) => ({ to, from: { field: to }, steps: [] }));
const aged: Mapping = whole.map((mapped) =>
  ['s', 'v', 'n'].includes(mapped.to)
    ? { ...mapped, ttl: ttlField(mapped.to), timestamp: writeTimeField(mapped.to) }
    : mapped,
);
const STAMP = { micros: 1_000n, listMicros: 64n };
const maker = (mapping: Mapping, nulls: 'leave' | 'delete' = 'leave') =>
  new RowMaker(new CopyMapper(mapping, FIELDS, TABLE, nulls), STAMP, ['l']);
const said = (values: readonly (Uint8Array | null | undefined)[]) =>
  values.map((value, at) => (value == null ? value : toJson(value, plain(NAMES[at] ?? '').type)));

describe('what a source row becomes', () => {
  it('is its static values, once for each partition, and the row', () => {
    const make = maker(whole);
    const first = make.make(cells([1, 1, 'st', 'a', 2, null]), 0);
    expect(first.writes.map(({ values }) => said(values))).toEqual([
      [1, undefined, 'st', undefined, undefined, undefined],
      [1, 1, undefined, 'a', 2, undefined],
    ]);
    expect(make.make(cells([1, 2, 'st', 'b', 3, null]), 0).writes).toHaveLength(1);
    // Another piece has the partition from another place on.
    expect(make.make(cells([1, 3, 'st', 'b', 3, null]), 1).writes).toHaveLength(2);
    expect(make.make(cells([2, null, 'alone', null, null, null]), 0).writes).toHaveLength(1);
    expect(make.make(cells([3, null, null, null, null, null]), 0).writes).toHaveLength(0);
    expect(make.make(cells([4, 1, null, null, null, null]), 0).writes.map(({ values }) => said(values))).toEqual([
      [4, 1, undefined, undefined, undefined, undefined],
    ]);
  });

  it('is in parts where columns have other times, and a list is later in each run', () => {
    const row = cells([1, 1, null, 'a', 2, [7], null, null, 100, '5', null, '9']);
    const [write] = maker(aged).make(row, 0).writes;
    const parts = [write, ...(write?.more ?? [])];
    expect(parts.map((part) => [part?.timestampMicros, part?.ttlSeconds, said(part?.values ?? [])])).toEqual([
      [5n, 100, [1, 1, undefined, 'a', undefined, undefined]],
      [9n, 0, [1, 1, undefined, undefined, 2, undefined]],
      [1_064n, null, [1, 1, undefined, undefined, undefined, [7]]],
    ]);
  });

  it('has tombstones only where they are wanted, and needs a key', () => {
    const row = cells([1, 1, null, null, 2, null]);
    expect(said(maker(whole, 'delete').make(row, 0).writes.at(-1)?.values ?? [])).toEqual([
      1,
      1,
      undefined,
      null,
      2,
      undefined,
    ]);
    const keyless: Mapping = whole.map((one) => (one.to === 'c' ? { ...one, from: { field: 'n' } } : one));
    expect(() => maker(keyless).make(cells([null, 1, null, 'a', 1, null]), 0)).toThrow('“p” is part of the key');
  });
});

describe('a table that is made for a copy', () => {
  const target = { keyspace: 'ks', table: 'Copy' };
  const properties = { gc_grace_seconds: '60', compaction: { class: 'Some', "it's": '1' }, comment: 'no' };
  it('has the mapped columns, the key and its order', () => {
    const mapping: Mapping = [
      { to: 'key', from: { field: 'p' }, steps: [] },
      { to: 'c', from: { field: 'c' }, steps: [] },
      { to: 'n', from: { field: 'n' }, steps: [{ do: 'cast', to: 'bigint' }] },
      { to: 'v', from: { constant: "'x'" }, steps: [] },
    ];
    const made = newTable({ source: TABLE, target, mapping, properties, udts: () => undefined });
    expect(made.statements).toEqual([
      [
        'CREATE TABLE ks."Copy" (',
        '  key int,',
        '  c int,',
        '  n bigint,',
        '  v text,',
        '  PRIMARY KEY ((key), c)',
        ') WITH CLUSTERING ORDER BY (c DESC)',
        '  AND gc_grace_seconds = 60',
        "  AND compaction = {'class': 'Some', 'it''s': '1'}",
      ].join('\n'),
    ]);
  });

  it('is refused without its key, and for a column of no type', () => {
    const make = (mapping: Mapping) => newTable({ source: TABLE, target, mapping, properties, udts: () => undefined });
    expect(() => make([{ to: 'p', from: { field: 'p' }, steps: [] }])).toThrow(
      '“c” is part of the source’s primary key',
    );
    expect(() => make([{ to: 'z', from: { constant: '1' }, steps: [] }])).toThrow('no column “z”');
  });
});

describe('a field that is masked for whoever copies', () => {
  const fields = FIELDS.map(
    (field): Field =>
      field.name === 'v' || field.name === 'n' ? { ...field, type: parseCqlType('text'), isMasked: true } : field,
  );
  const mapper = (mapping: Mapping) => new CopyMapper(mapping, fields, TABLE, 'leave');
  const without = (name: string) => whole.filter(({ to }) => to !== name);

  it('is copied as its mask where that is a value of the column, and counts as no copy of the value', () => {
    const copied = mapper(without('n'));
    expect(copied.uses('v')).toBe(true);
    expect(copied.carriedBy('v')).toBeNull();
    expect(copied.carriedBy('s')?.name).toBe('s');
  });

  it('is refused into a column of another type, with what to do', () => {
    expect(() => mapper(whole)).toThrow('“n” is masked for you, and “n” is int, of which ••• is no value.');
    const constant = whole.map((one) => (one.to === 'n' ? { ...one, from: { constant: '0' } } : one));
    expect(mapper(constant).uses('n')).toBe(false);
  });
});
