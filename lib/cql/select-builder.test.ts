import { describe, expect, it } from 'vitest';
import type { Filter } from '@/lib/contract/filters';
import type { JsonValue } from '@/lib/contract/json';
import { tableShape } from './schema-lookup';
import { buildSelect, displaySelect, type SelectRequest } from './select-builder';
import { formatCqlType } from './type-text';
import type { CqlType } from './types';

type Kind = 'partition_key' | 'clustering' | 'regular';
const column = (
  name: string,
  type: string,
  kind: Kind = 'regular',
  position = -1,
  order: 'asc' | 'desc' | 'none' = 'none',
) => {
  return { name, type, kind, position, clusteringOrder: order };
};
const SASI = 'org.apache.cassandra.index.sasi.SASIIndex';
const shape = tableShape(
  {
    kind: 'table',
    columns: [
      column('day', 'date', 'partition_key', 1),
      column('departs', 'timestamp', 'clustering', 0, 'desc'),
      column('origin', 'text', 'partition_key', 0),
      column('Seq', 'int', 'clustering', 1, 'asc'),
      column('delay', 'int'),
      column('tags', 'map<text, int>'),
      column('notes', 'map<text, int>'),
      column('name', 'text'),
      column('v', 'vector<float, 2>'),
    ],
    indexes: [
      { name: 'by_tag', target: 'keys(tags)', kind: 'COMPOSITES', className: null },
      { name: 'by_name', target: 'name', kind: 'CUSTOM', className: SASI, options: { mode: 'PREFIX' } },
      { name: 'by_vector', target: 'v', kind: 'CUSTOM', className: 'sai' },
      { name: 'by_entry', target: 'entries(notes)', kind: 'CUSTOM', className: 'sai' },
    ],
  },
  'demo',
  () => undefined,
);
const request = (filters: readonly Filter[], more: Partial<SelectRequest> = {}): SelectRequest => {
  return { keyspace: 'demo', table: 'Flights', shape, filters, ...more };
};
const is = (name: string, value: JsonValue): Filter => ({ column: name, operator: '=', value });
const origin = is('origin', 'SEA');
const day = is('day', '2001-01-09');
const problem = (filters: readonly Filter[], more: Partial<SelectRequest> = {}) =>
  buildSelect(request(filters, more)).problem;

describe('buildSelect', () => {
  it('reads a whole table, or some columns of it', () => {
    expect(buildSelect(request([]))).toMatchObject({
      statement: 'SELECT * FROM demo."Flights"',
      params: [],
      cost: { scope: 'whole_ring' },
      scan: { order: 'token', splittable: true, ringProgress: true, pageable: true },
      problem: null,
    });
    expect(buildSelect(request([], { columns: ['Seq', 'day'] })).statement).toBe(
      'SELECT "Seq", day FROM demo."Flights"',
    );
  });

  it('writes conditions in key order with a typed parameter for each', () => {
    const built = buildSelect(request([{ column: 'departs', operator: '>=', value: 'T' }, day, origin]));
    expect(built.statement).toBe('SELECT * FROM demo."Flights" WHERE origin = ? AND day = ? AND departs >= ?');
    expect(built.params.map((param) => [param.column, param.value, formatCqlType(param.type)])).toEqual([
      ['origin', 'SEA', 'text'],
      ['day', '2001-01-09', 'date'],
      ['departs', 'T', 'timestamp'],
    ]);
    expect(built).toMatchObject({ cost: { scope: 'one_partition' }, scan: { order: 'clustering' }, problem: null });
  });

  it('takes IN as one list, and counts the partitions', () => {
    const built = buildSelect(request([{ column: 'origin', operator: 'IN', value: ['SEA', 'PDX'] }, day]));
    expect(built.statement).toContain('origin IN ? AND day = ?');
    expect(formatCqlType(built.params[0]?.type ?? { kind: 'custom', className: '' })).toBe('list<text>');
    expect(built).toMatchObject({
      cost: { scope: 'partitions', count: 2 },
      scan: { order: 'values', splittable: false },
    });
  });

  it('bounds a scan by token', () => {
    const built = buildSelect(request([], { fromToken: '0', toToken: '4611686018427387904' }));
    expect(built.statement).toContain('WHERE token(origin, day) > ? AND token(origin, day) <= ?');
    expect(built.params.map(({ value }) => value)).toEqual(['0', '4611686018427387904']);
    expect(built.cost).toEqual({ scope: 'ring_share', fraction: 0.25 });
    expect(buildSelect(request([], { toToken: '0' })).statement).toMatch(/WHERE token\(origin, day\) <= \?$/);
  });

  it('reverses the order of one partition', () => {
    expect(buildSelect(request([origin, day], { reversed: true }))).toMatchObject({
      statement: expect.stringMatching(/ ORDER BY departs ASC$/),
      problem: null,
    });
    expect(problem([], { reversed: true })).toBe('only the order within one partition can be reversed');
  });

  it('knows node-local tables', () => {
    expect(buildSelect(request([], { keyspace: 'system' })).cost).toEqual({ scope: 'one_node' });
    expect(buildSelect(request([], { shape: { ...shape, isVirtual: true } })).scan.ringProgress).toBe(false);
  });

  it.each<[string, Filter[], string]>([
    ['part of the key', [origin], 'also needs day'],
    ['a clustering column alone', [is('departs', 'T')], 'also needs origin and day'],
    ['a gap in the clustering columns', [origin, day, is('Seq', 1)], 'also needs departs'],
    [
      'a range in the partition key',
      [{ ...origin, operator: '>' }, day],
      'origin is part of the partition key: it takes only = and IN',
    ],
    ['a column outside the key', [is('delay', 1)], 'delay is not in the key and has no index'],
    ['an unknown column', [is('nothing', 1)], 'there is no column nothing'],
    ['the same column twice', [origin, origin, day], 'origin is filtered twice'],
    ['null', [is('origin', null), day], 'origin cannot be compared with null'],
    ['an empty list', [{ column: 'origin', operator: 'IN', value: [] }, day], 'IN has no values for origin'],
    ['no list', [{ column: 'origin', operator: 'IN', value: 'SEA' }, day], 'IN takes a list of values for origin'],
    [
      'an operator that does not fit',
      [{ column: 'delay', operator: 'CONTAINS', value: 1 }],
      'CONTAINS does not fit delay',
    ],
    [
      'a column after a range',
      [origin, day, { column: 'departs', operator: '<', value: 'T' }, is('Seq', 1)],
      'Seq can be filtered only where departs has one value (= or IN)',
    ],
    [
      'an index that does not cover it',
      [{ column: 'tags', operator: 'CONTAINS', value: 1 }],
      'the index on tags does not serve CONTAINS',
    ],
  ])('names what is missing for %s', (_what, filters, expected) => {
    expect(problem(filters)).toBe(expected);
  });

  it('serves an index', () => {
    expect(buildSelect(request([{ column: 'tags', operator: 'CONTAINS KEY', value: 'x' }]))).toMatchObject({
      params: [{ column: 'tags', value: 'x', type: { kind: 'native', name: 'text' } }],
      cost: { scope: 'index', name: 'by_tag' },
      problem: null,
    });
  });

  it('compares clustering columns together', () => {
    const from: Filter = { column: 'departs', tuple: ['Seq'], operator: '>', value: ['T', 3] };
    const built = buildSelect(request([from, origin, day]));
    expect(built.statement).toContain('origin = ? AND day = ? AND (departs, "Seq") > ?');
    expect(built.params.map(({ type }) => formatCqlType(type))).toEqual([
      'text',
      'date',
      'frozen<tuple<timestamp, int>>',
    ]);
    expect(built).toMatchObject({ cost: { scope: 'one_partition' }, problem: null });
    expect(problem([from])).toBe('also needs origin and day');
    expect(problem([origin, day, { ...from, column: 'Seq', tuple: ['departs'] }])).toBe(
      'a tuple takes adjacent clustering columns in order',
    );
  });

  it('looks up an entry of a map, by an index on entries', () => {
    const entry: Filter = { column: 'notes', key: 'a', operator: '=', value: 1 };
    const built = buildSelect(request([entry]));
    expect(built.statement).toMatch(/WHERE notes\[\?\] = \?$/);
    expect(built.params.map(({ value, type }) => [value, formatCqlType(type)])).toEqual([
      ['a', 'text'],
      [1, 'int'],
    ]);
    expect(built).toMatchObject({ cost: { scope: 'index', name: 'by_entry' }, problem: null });
  });

  it('knows what a SASI prefix index cannot find', () => {
    const like = (value: string): Filter => ({ column: 'name', operator: 'LIKE', value });
    expect(buildSelect(request([like('A%')]))).toMatchObject({
      cost: { scope: 'index', name: 'by_name' },
      problem: null,
    });
    expect(problem([like('%A%')])).toBe('the index on name does not serve LIKE ‘%…%’');
    expect(problem([like('%')])).toBe('LIKE needs text besides % for name');
  });

  it('orders by similarity, up to the limit', () => {
    const near: Filter = { column: 'v', operator: 'ANN OF', value: [1, 2], limit: 7 };
    const built = buildSelect(request([near]));
    expect(built.statement).toMatch(/FROM demo\."Flights" ORDER BY v ANN OF \? LIMIT 7$/);
    expect(built).toMatchObject({ limit: 7, cost: { scope: 'index', name: 'by_vector' }, problem: null });
    expect(built.scan).toMatchObject({ order: 'similarity', pageable: false, splittable: false });
    expect(problem([near, is('delay', 1)])).toBe('with ANN OF every filter needs an index: delay has none');
  });

  it('uses the innermost of all token bounds', () => {
    const behind = (value: string): Filter => ({ column: 'origin', operator: 'TOKEN >', value });
    const built = buildSelect(request([behind('-5'), behind('7')], { fromToken: '5', toToken: '9' }));
    expect(built.params.map(({ value }) => value)).toEqual(['7', '9']);
    expect(built.cost).toMatchObject({ scope: 'ring_share' });
    expect(problem([behind('x')])).toBe('a token is a signed 64-bit integer');
  });

  it('filters only if that is allowed and helps', () => {
    const late = is('delay', 1);
    expect(buildSelect(request([late]))).toMatchObject({
      statement: expect.not.stringContaining('ALLOW'),
      problem: 'delay is not in the key and has no index',
      needsFiltering: 'delay is not in the key and has no index',
    });
    expect(buildSelect(request([late], { allowFiltering: true }))).toMatchObject({
      statement: expect.stringMatching(/WHERE delay = \? ALLOW FILTERING$/),
      problem: null,
      needsFiltering: 'delay is not in the key and has no index',
      cost: { scope: 'whole_ring_filtering' },
    });
    expect(buildSelect(request([origin, day], { allowFiltering: true }))).toMatchObject({
      statement: expect.not.stringContaining('ALLOW'),
      needsFiltering: null,
    });
    const beyond: Filter = { column: 'name', operator: 'LIKE', value: '%x' };
    expect(buildSelect(request([beyond], { allowFiltering: true }))).toMatchObject({ needsFiltering: null });
    expect(problem([beyond], { allowFiltering: true })).toBe('the index on name does not serve LIKE ‘%…’');
  });

  it('refuses invalid tokens, and tokens combined with a key', () => {
    expect(problem([], { fromToken: '9223372036854775808' })).toBe('a token is a signed 64-bit integer');
    expect(problem([], { fromToken: '1; DROP' })).toBe('a token is a signed 64-bit integer');
    expect(problem([origin, day], { fromToken: '1' })).toBe('a token range cannot be combined with a partition key');
  });

  it('never lets a name or a value break out', () => {
    const nasty = 'a" = 1; DROP TABLE t; --';
    const built = buildSelect(request([is(nasty, nasty)], { table: nasty, columns: [nasty] }));
    expect(built.problem).toBe(`there is no column ${nasty}`);
    expect(built.statement).toContain('"a"" = 1; DROP TABLE t; --"');
  });
});

describe('displaySelect', () => {
  it('writes the values out', () => {
    const literal = (value: JsonValue, type: CqlType) => `<${formatCqlType(type)} ${String(value)}>`;
    const filters: Filter[] = [{ column: 'origin', operator: 'IN', value: ['a', 'b'] }, day];
    expect(displaySelect(request(filters), literal)).toBe(
      'SELECT * FROM demo."Flights" WHERE origin IN (<text a>, <text b>) AND day = <date 2001-01-09>',
    );
    expect(displaySelect(request([], { fromToken: '5' }), literal)).toContain('token(origin, day) > <bigint 5>');
  });
});
