import { describe, expect, it } from 'vitest';
import { type JsonValue, ownValue } from '@/lib/contract/json';
import { type CellEdit, mutationOptionsSchema, type RowChange, type RowRead } from '@/lib/contract/mutations';
import type { TableColumn } from '@/lib/contract/schema';
import { differencesOf } from '@/lib/edit/compare';
import { planChanges } from '@/lib/edit/plan';
import { EMPTY_QUEUE, mergedChanges, queued } from '@/lib/edit/queue';
import { editTable } from './test-random-table';

/** Faults that people have reported of editors of rows, each as it must not happen here. */

const column = (name: string, type: string, kind: TableColumn['kind'] = 'regular', position = -1): TableColumn => ({
  ...{ name, type, kind, position },
  clusteringOrder: kind === 'clustering' ? 'desc' : 'none',
});
const TABLE = editTable('ks', 'readings', [
  ...[column('p', 'uuid', 'partition_key', 0), column('c', 'timestamp', 'clustering', 0), column('s', 'int', 'static')],
  ...[
    column('id', 'uuid'),
    column('t', 'text'),
    column('n', 'bigint'),
    column('dec', 'decimal'),
    column('vi', 'varint'),
  ],
  ...[column('d', 'double'), column('fl', 'float'), column('b', 'blob'), column('da', 'date'), column('ti', 'time')],
  ...[
    column('ts', 'timestamp'),
    column('du', 'duration'),
    column('ip', 'inet'),
    column('bo', 'boolean'),
    column('u', 'odd'),
  ],
  ...[
    column('st', 'set<text>'),
    column('ma', 'map<text, int>'),
    column('fr', 'frozen<list<int>>'),
    column('tu', 'tuple<int, text>'),
  ],
  ...['Odd "name', 'select', 'CamelCase', '__proto__', 'constructor'].map((name) => column(name, 'text')),
  ...[column('li', 'list<int>'), column('tid', 'timeuuid')],
]);
const KEY = { p: '5e5b5e1c-7a4e-4a6a-9c0a-0123456789ab', c: '2026-10-25T01:30:00.123Z' };
const AT = '2026-11-29T12:00:00.000Z';

function rowOf(values: Readonly<Record<string, JsonValue>>, ttlSeconds: number | null = null): RowRead {
  const cells = TABLE.shape.columns
    .filter(({ kind }) => kind === 'regular')
    .map(({ name }) => [name, { value: ownValue(values, name) ?? null, writeTimeMicros: '5', ttlSeconds, parts: [] }]);
  return { at: AT, cells: Object.fromEntries(cells) };
}

function planOf(changes: readonly RowChange[], row: RowRead | null) {
  const read = mergedChanges(TABLE, changes).map((change) => ({ change, row: change.kind === 'insert' ? null : row }));
  return planChanges(TABLE, read, { options: mutationOptionsSchema.parse({}), nowMs: Date.parse(AT), nowMicros: 7n });
}

const COUNTS = editTable('ks', 'counts', [
  ...[column('p', 'int', 'partition_key', 0), column('c', 'text', 'clustering', 0), column('n', 'counter')],
]);
function countPlan(change: RowChange) {
  const options = { options: mutationOptionsSchema.parse({}), nowMs: Date.parse(AT), nowMicros: 7n };
  return planChanges(COUNTS, [{ change, row: null }], options);
}

const update = (edits: Record<string, CellEdit>, key: RowChange['key'] = KEY): RowChange => ({
  kind: 'update',
  key,
  edits,
});
const cqlOf = (changes: readonly RowChange[], row: RowRead | null = rowOf({ t: 'old' })) =>
  planOf(changes, row).statements.map(({ cql }) => cql);

describe('a value is written as it is', () => {
  const cases: [fault: string, name: string, value: JsonValue, literal: string][] = [
    ['a uuid becomes text', 'id', '123e4567-e89b-12d3-a456-426614174000', 'id = 123e4567-e89b-12d3-a456-426614174000'],
    ['an empty text becomes null', 't', '', "t = ''"],
    ['null becomes the text null', 't', null, 't = null'],
    ['the text null becomes null', 't', 'null', "t = 'null'"],
    ['a quote ends the text', 't', "it's'; DROP TABLE x", "t = 'it''s''; DROP TABLE x'"],
    ['a line break is lost', 't', 'a\nb', "t = 'a\nb'"],
    ['spaces are trimmed', 't', '  a ', "t = '  a '"],
    ['an emoji is cut in two', 't', '👩‍🚀', "t = '👩‍🚀'"],
    ['a bigint passes through a double', 'n', '9007199254740993', 'n = 9007199254740993'],
    ['a decimal is rounded', 'dec', '0.10000000000000000555', 'dec = 0.10000000000000000555'],
    ['a decimal loses its scale', 'dec', '1.50', 'dec = 1.50'],
    ['a varint overflows', 'vi', '123456789012345678901234567890', 'vi = 123456789012345678901234567890'],
    ['a negative zero loses its sign', 'd', -0, 'd = -0'],
    ['NaN is refused', 'd', 'NaN', 'd = NaN'],
    ['a float gets the digits of a double', 'fl', 0.1, 'fl = 0.1'],
    ['a timestamp is taken for local time', 'ts', '2026-03-29T02:30:00.000+02:00', 'ts = 1774744200000'],
    ['milliseconds are cut off', 'ts', '2026-03-29T00:30:00.007Z', 'ts = 1774744200007'],
    ['a date moves by a day', 'da', '2026-01-01', "da = '2026-01-01'"],
    ['nanoseconds are cut off', 'ti', '12:00:00.000000001', "ti = '12:00:00.000000001'"],
    ['months become days', 'du', '1mo2d', 'du = 1mo2d'],
    ['bytes become text', 'b', '0x00ff', 'b = 0x00ff'],
    ['a boolean becomes text', 'bo', false, 'bo = False'],
    ['an address becomes a name', 'ip', '::1', "ip = '::1'"],
    ['an empty frozen list becomes null', 'fr', [], 'fr = []'],
    ['a null in a tuple moves the others', 'tu', [null, 'a'], "tu = (null, 'a')"],
    ['an infinity becomes null', 'd', '-Infinity', 'd = -Infinity'],
    ['a double with an exponent is cut', 'd', 5e-324, 'd = 5e-324'],
    ['a decimal with an exponent is written out', 'dec', '1E+20', 'dec = 1E+20'],
    ['the smallest bigint overflows', 'n', '-9223372036854775808', 'n = -9223372036854775808'],
    ['a backslash is taken for an escape', 't', 'C:\\new', "t = 'C:\\new'"],
    ['a semicolon and a comment end the statement', 't', '; -- /*', "t = '; -- /*'"],
    ['a question mark becomes a parameter', 't', '? :x', "t = '? :x'"],
    ['an empty blob becomes null', 'b', '0x', 'b = 0x'],
    ['a date before 1970 is refused', 'da', '1900-02-28', "da = '1900-02-28'"],
    ['a timestamp before 1970 turns positive', 'ts', '1969-12-31T23:59:59.999Z', 'ts = -1'],
    ['a negative duration loses its sign', 'du', '-2h', 'du = -2h'],
    ['a short IPv6 address is refused', 'ip', '2001:db8::8a2e:370:7334', "ip = '2001:db8::8a2e:370:7334'"],
    [
      'an upper-case uuid is another',
      'id',
      '123E4567-E89B-12D3-A456-426614174000',
      'id = 123e4567-e89b-12d3-a456-426614174000',
    ],
    ['a column that is a reserved word is not found', 'select', 'x', '"select" = \'x\''],
    ['a column with capitals is not found', 'CamelCase', 'x', '"CamelCase" = \'x\''],
    ['a column named like a member of every object is lost', '__proto__', 'x', '"__proto__" = \'x\''],
    ['a name with a quote is not found', 'Odd "name', 'x', '"Odd ""name" = \'x\''],
  ];
  it.each(cases)('%s', (_fault, name, value, literal) => {
    const [cql] = cqlOf([update(Object.fromEntries([[name, { set: value }]]))]);
    expect(cql?.toLowerCase()).toContain(`set ${literal} where`.toLowerCase());
  });

  it.each([
    ['a map’s key named __proto__ is lost', { ma: { elements: [['__proto__', 1]] } }, "SET ma['__proto__'] = 1"],
    ['a field with a space is not found', { u: { fields: { 'Odd y': 'a' } } }, 'SET u."Odd y" = \'a\''],
  ] satisfies [string, Record<string, CellEdit>, string][])('%s', (_fault, edits, text) => {
    expect(cqlOf([update(edits)])[0]).toContain(text);
  });
});

describe('a change reaches its row, and no other', () => {
  const other = { ...KEY, c: '2026-10-25T02:30:00.123Z' };

  it('no first of two edits is saved alone', () => {
    expect(cqlOf([update({ t: { set: 'a' } }), update({ n: { set: '1' } })])).toEqual([
      expect.stringContaining("SET t = 'a', n = 1 WHERE"),
    ]);
  });

  it('no sort, filter or reload moves an edit to another row', () => {
    const changes = [update({ t: { set: 'a' } }), update({ t: { set: 'b' } }, other)];
    const queue = changes.reduce((all, change) => queued(TABLE, all, { do: 'change', change }), EMPTY_QUEUE);
    const again: typeof queue = JSON.parse(JSON.stringify(queue));
    const cql = cqlOf(again.changes.toReversed());
    expect(cql[0]).toContain(`SET t = 'b' WHERE p = ${KEY.p} AND c = 1792895400123`);
    expect(cql[1]).toContain(`SET t = 'a' WHERE p = ${KEY.p} AND c = 1792891800123`);
  });

  it('no milliseconds of a key are cut off, and no zone is applied', () => {
    expect(cqlOf([{ kind: 'delete', key: KEY }])[0]).toContain(`WHERE p = ${KEY.p} AND c = 1792891800123`);
  });

  it('no partition is deleted where a row was meant', () => {
    expect(() => cqlOf([{ kind: 'delete', key: { p: KEY.p } }])).toThrow('lacks “c”');
  });

  it('no untouched column is written', () => {
    expect(cqlOf([update({ n: { set: '1' } })], rowOf({ t: 'a', n: '0', st: ['x'] }))).toEqual([
      `UPDATE ks.readings SET n = 1 WHERE p = ${KEY.p} AND c = 1792891800123 IF n = 0`,
    ]);
  });

  it('no edit goes to another table', () => {
    expect(cqlOf([update({ t: { set: 'a' } })])[0]).toMatch(/^UPDATE ks\.readings /);
  });

  it('no TTL is lost with an edit', () => {
    expect(cqlOf([update({ t: { set: 'a' } })], rowOf({ t: 'old' }, 60))[0]).toContain('USING TTL 60');
  });

  it('no change of somebody else is overwritten', () => {
    expect(cqlOf([update({ t: { set: 'a' } })])[0]).toMatch(/ IF t = 'old'$/);
    const seen: RowChange = { kind: 'update', key: KEY, seen: { t: 'older' }, edits: { t: { set: 'a' } } };
    expect(planOf([seen], rowOf({ t: 'old' }))).toMatchObject({
      statements: [],
      refusals: [{ differences: [{ seen: 'older', now: 'old', wanted: 'a' }] }],
    });
  });

  it('no deleted row comes back', () => {
    expect(planOf([update({ t: { set: 'a' } })], null)).toMatchObject({
      statements: [],
      refusals: [{ message: expect.stringContaining('gone') }],
    });
  });

  it('no row is changed in silence with a static value of all', () => {
    expect(planOf([update({ s: { set: 1 } })], rowOf({})).refusals).toMatchObject([
      { message: expect.stringContaining('belongs to the partition') },
    ]);
  });

  it('no conflict is seen where only the JSON differs', () => {
    const row = rowOf({ st: ['a', 'b'], n: '7', ma: null });
    const seen = { st: ['b', 'a'], n: 7, ma: {} };
    expect(differencesOf(TABLE, { kind: 'delete', key: KEY, seen }, row)).toBeNull();
  });
});

describe('a change does just what was asked', () => {
  const texts = (edits: Record<string, CellEdit>, values: Readonly<Record<string, JsonValue>>) =>
    cqlOf([update(edits)], rowOf({ t: 'old', ...values }));

  it('no index of a list is written by when it may be another element', () => {
    expect(texts({ li: { set: [1, 9, 3] } }, { li: [1, 2, 3] })[0]).toContain('SET li = [1, 9, 3] WHERE');
    expect(texts({ li: { elements: [[1, 9]] } }, { li: [1, 2, 3] })[0]).toMatch(
      /SET li\[1\] = 9 .* IF li = \[1, 2, 3\]$/,
    );
    expect(planOf([update({ li: { elements: [[3, 9]] } })], rowOf({ li: [1] })).refusals).toMatchObject([
      { message: expect.stringContaining('there is none at index 3') },
    ]);
  });

  it('no set or map is rewritten because its order differs', () => {
    const { refusals } = planOf([update({ st: { set: ['b', 'a'] } })], rowOf({ st: ['a', 'b'] }));
    expect(refusals).toMatchObject([{ message: expect.stringContaining('Nothing changes') }]);
    expect(planOf([update({ ma: { set: { b: 2, a: 1 } } })], rowOf({ ma: { a: 1, b: 2 } })).statements).toEqual([]);
  });

  it('no whole map is written where one entry changes', () => {
    expect(texts({ ma: { set: { a: 1, b: 3 } } }, { ma: { a: 1, b: 2 } })[0]).toContain("SET ma['b'] = 3 WHERE");
  });

  it('no static value goes with a deleted row', () => {
    const [cql] = cqlOf([{ kind: 'delete', key: KEY }]);
    expect(cql?.startsWith(`DELETE FROM ks.readings WHERE p = ${KEY.p} AND c = 1792891800123 IF `)).toBe(true);
    expect(cql).not.toContain(' s = ');
  });

  it.each([null, undefined])('no partition is deleted by a clustering value that is %s', (c) => {
    const key = c === undefined ? { p: KEY.p } : { p: KEY.p, c };
    expect(() => cqlOf([{ kind: 'delete', key }])).toThrow();
  });

  it('an empty clustering text names a row', () => {
    const change: RowChange = { kind: 'update', key: { p: 1, c: '' }, edits: { n: { by: '1' } } };
    expect(countPlan(change).statements[0]?.cql).toBe("UPDATE ks.counts SET n = n + 1 WHERE p = 1 AND c = ''");
  });

  it('no counter is set', () => {
    const set: RowChange = { kind: 'update', key: { p: 1, c: 'a' }, edits: { n: { set: '5' } } };
    expect(countPlan(set)).toMatchObject({
      statements: [],
      refusals: [{ message: expect.stringMatching(/counter/i) }],
    });
    const insert: RowChange = { kind: 'insert', key: { p: 1, c: 'a' }, values: { n: '5' } };
    expect(countPlan(insert)).toMatchObject({ statements: [], refusals: [{ change: 0 }] });
  });

  it('no timeuuid is taken for a date, and no date for a timeuuid', () => {
    const id = '50554d6e-29bb-11e5-b345-feff819cdc9f';
    expect(texts({ tid: { set: id } }, {})[0]).toContain(`SET tid = ${id} WHERE`);
    expect(planOf([update({ tid: { set: '2015-07-14' } })], rowOf({})).refusals).toHaveLength(1);
  });

  it('no key that its type does not have names a row', () => {
    expect(() => cqlOf([update({ t: { set: 'a' } }, { ...KEY, c: 'yesterday' })])).toThrow();
    expect(() => cqlOf([update({ t: { set: 'a' } }, { ...KEY, p: "x' OR 1" })])).toThrow();
  });
});
