import { describe, expect, it } from 'vitest';
import type { z } from 'zod/mini';
import { bindOptionsSchema } from '@/lib/contract/load-sources';
import { parseCqlType } from '@/lib/cql/type-text';
import type { CqlTable } from '@/lib/wire/file-format';
import { checkMapping } from './check-mapping';
import type { Bound, FieldForm, FieldRow, Problem, Using } from './fields';
import { guessMapping } from './guess-mapping';
import { MappingError, RowBinder } from './row-binder';

type Options = z.input<typeof bindOptionsSchema>;
type Kind = CqlTable['columns'][number]['kind'];

function tableOf(...columns: [string, string, Kind][]): CqlTable {
  return {
    keyspace: 'k',
    table: 't',
    columns: columns.map(([name, type, kind]) => ({ name, type: parseCqlType(type), kind })),
  };
}

const table = tableOf(
  ['p', 'int', 'partition_key'],
  ['c', 'int', 'clustering'],
  ['s', 'int', 'static'],
  ['r', 'int', 'regular'],
  ['q', 'int', 'regular'],
);

const field = (name: string) => ({ to: name, from: { field: name } });
const all = ['p', 'c', 's', 'r', 'q'].map(field);

function bound(
  fields: Record<string, string | null>,
  options: Partial<Options> = {},
  form: FieldForm = 'text',
  using?: Using,
): Bound | Problem {
  const binder = new RowBinder(bindOptionsSchema.parse({ mapping: all, ...options }), table, form);
  const row: FieldRow = { names: Object.keys(fields), fields: Object.values(fields), ...(using && { using }) };
  return binder.bind(row);
}

/** Numbers for bytes, so that tests can be read. */
function writesOf(result: Bound | Problem) {
  if (result.kind === 'problem') throw new Error(result.expected);
  const number = (value: Uint8Array | null | undefined) =>
    value ? new DataView(value.buffer, value.byteOffset).getInt32(0) : value;
  return result.writes.map(({ values, ttlSeconds, timestampMicros, isStatic }) => ({
    values: values.map(number),
    ...(ttlSeconds !== null && { ttlSeconds }),
    ...(timestampMicros !== null && { timestampMicros }),
    ...(isStatic && { isStatic }),
  }));
}

describe('a row', () => {
  it('leaves columns without a field, and null, as they are; or deletes what null says', () => {
    expect(writesOf(bound({ p: '1', c: '2', r: null }))).toEqual([{ values: [1, 2, undefined, undefined, undefined] }]);
    expect(writesOf(bound({ p: '1', c: '2', r: null }, { nulls: 'tombstone' }))).toEqual([
      { values: [1, 2, undefined, null, undefined] },
    ]);
  });

  it('of static columns only is one without clustering columns', () => {
    expect(writesOf(bound({ p: '1', c: null, s: '3', r: null }, { nulls: 'tombstone' }))).toEqual([
      { values: [1, undefined, 3, undefined, undefined], isStatic: true },
    ]);
    expect(writesOf(bound({ p: '1', s: '3' }, { mapping: [field('p'), field('s')] }))).toEqual([
      { values: [1, 3], isStatic: true },
    ]);
  });

  it.each<[string, Record<string, string | null>, string, string | null]>([
    ['without a partition key', { p: null, c: '1' }, 'p', 'cannot be null'],
    ['without the field of a key', { p: '1', r: '2' }, 'c', 'cannot be null'],
    ['with regular but no clustering columns', { p: '1', c: null, s: '3', r: '4' }, 'c', 'cannot be null'],
    ['with a value of another type', { p: '1', c: '2', r: 'x' }, 'r', 'expected int'],
  ])('%s is none', (_, fields, column, expected) => {
    expect(bound(fields)).toMatchObject({ kind: 'problem', column, expected: expect.stringContaining(expected ?? '') });
  });

  it('finds its fields again where records have others', () => {
    const binder = new RowBinder(bindOptionsSchema.parse({ mapping: all }), table, 'json');
    expect(writesOf(binder.bind({ names: ['p', 'c', 'r'], fields: ['1', '2', '3'] }))).toEqual([
      { values: [1, 2, undefined, 3, undefined] },
    ]);
    expect(writesOf(binder.bind({ names: ['r', 'c', 'p', 'x'], fields: ['3', '2', '1', '0'] }))).toEqual([
      { values: [1, 2, undefined, 3, undefined] },
    ]);
  });

  it('has constants, and steps inside the quotes of a literal', () => {
    const mapping = [
      field('p'),
      { to: 'c', from: { constant: '7' } },
      { ...field('r'), steps: [{ do: 'trim' as const }] },
    ];
    expect(writesOf(bound({ p: '1', r: "' 5 '" }, { mapping }, 'literal'))).toEqual([{ values: [1, 7, 5] }]);
  });

  it('is refused with an empty partition key, or a key that is too long', () => {
    const texts = tableOf(['p', 'text', 'partition_key'], ['c', 'text', 'clustering']);
    const binder = new RowBinder(bindOptionsSchema.parse({ mapping: [field('p'), field('c')] }), texts, 'text');
    const names = ['p', 'c'];
    expect(binder.bind({ names, fields: ['', 'x'] })).toMatchObject({
      column: 'p',
      expected: expect.stringContaining('no empty value'),
    });
    expect(binder.bind({ names, fields: ['x', 'y'.repeat(65_536)] })).toMatchObject({
      column: 'c',
      expected: expect.stringContaining('at most 65535 bytes'),
    });
    expect(binder.bind({ names, fields: ['x', ''] })).toMatchObject({ kind: 'bound' });
  });
});

describe('TTL and write time', () => {
  const row = { p: '1', c: '2', r: '3' };
  const values = [1, 2, undefined, 3, undefined];

  it.each<[string, Partial<Options>, Using | undefined, object]>([
    [
      'fixed',
      { ttl: { constant: '60' }, timestamp: { constant: '-5' } },
      undefined,
      { ttlSeconds: 60, timestampMicros: -5n },
    ],
    ['of the statement', {}, { ttlSeconds: 9, timestampMicros: 8n }, { ttlSeconds: 9, timestampMicros: 8n }],
    [
      'fixed rather than of the statement',
      { ttl: { constant: '60' } },
      { ttlSeconds: 9, timestampMicros: 8n },
      { ttlSeconds: 60, timestampMicros: 8n },
    ],
    ['of a field', { timestamp: { field: 'r' } }, undefined, { timestampMicros: 3n }],
    ['of a field that is not there', { timestamp: { field: 'x' } }, undefined, {}],
  ])('%s', (_, options, using, expected) => {
    expect(writesOf(bound(row, options, 'text', using))).toEqual([{ values, ...expected }]);
  });

  it('of each column make one write for all that share both', () => {
    const mapping = [
      ...['p', 'c'].map(field),
      { ...field('s'), ttl: 'ttl(s)', timestamp: 'writetime(s)' },
      { ...field('r'), ttl: 'ttl(r)', timestamp: 'writetime(r)' },
      { ...field('q'), ttl: 'ttl(q)', timestamp: 'writetime(q)' },
    ];
    const fields = {
      p: '1',
      c: '2',
      s: '3',
      r: '4',
      q: '5',
      'ttl(s)': null,
      'writetime(s)': '10',
      'ttl(r)': '0',
      'writetime(r)': '20',
      'ttl(q)': null,
      'writetime(q)': '10',
    };
    expect(writesOf(bound(fields, { mapping }))).toEqual([
      { values: [1, 2, 3, undefined, 5], timestampMicros: 10n },
      { values: [1, 2, undefined, 4, undefined], ttlSeconds: 1, timestampMicros: 20n },
    ]);
    expect(writesOf(bound({ p: '1', c: '2', s: null }, { mapping }))).toEqual([
      { values: [1, 2, undefined, undefined, undefined] },
    ]);
  });

  it('that are none say so', () => {
    expect(bound({ ...row, x: 'soon' }, { ttl: { field: 'x' } })).toMatchObject({
      field: 'x',
      value: 'soon',
      expected: expect.stringContaining('a TTL'),
    });
    expect(bound({ ...row, x: '630720001' }, { ttl: { field: 'x' } })).toMatchObject({ kind: 'problem' });
    expect(bound({ ...row, x: '9223372036854775808' }, { timestamp: { field: 'x' } })).toMatchObject({
      kind: 'problem',
    });
  });
});

describe('a mapping', () => {
  const problems = (options: Partial<Options>, of = table) =>
    checkMapping(bindOptionsSchema.parse({ mapping: all, ...options }), of);

  it('fits where every key has a value', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ mapping: [field('p'), field('s')] })).toEqual([]);
  });

  it.each<[string, Partial<Options>, string | null, RegExp]>([
    ['lacks a key', { mapping: [field('p'), field('r')] }, 'c', /needs a value/],
    ['names a column that is not there', { mapping: [...all, field('rr')] }, 'rr', /no such column\. Is r meant\?/],
    ['has a column twice', { mapping: [...all, field('r')] }, 'r', /mapped twice/],
    [
      'has a constant of another type',
      { mapping: [field('p'), { to: 'c', from: { constant: "'x'" } }] },
      'c',
      /expected int/,
    ],
    ['has null as a key', { mapping: [field('p'), { to: 'c', from: { constant: 'NULL' } }] }, 'c', /cannot be null/],
    [
      'has steps that make no sense',
      { mapping: [field('p'), { ...field('c'), steps: [{ do: 'split', by: ',' }] }] },
      'c',
      /lists and sets only/,
    ],
    ['has a TTL for a key', { mapping: [field('p'), { ...field('c'), ttl: 'x' }] }, 'c', /neither a TTL nor/],
    ['has a TTL beyond twenty years', { ttl: { constant: '630720001' } }, null, /from 0 to 630720000/],
    ['has a write time beyond 64 bits', { timestamp: { constant: '9223372036854775808' } }, null, /64 bits/],
  ])('that %s is refused', (_, options, column, problem) => {
    expect(problems(options)).toContainEqual({ column, problem: expect.stringMatching(problem) });
    expect(() => new RowBinder(bindOptionsSchema.parse({ mapping: all, ...options }), table, 'text')).toThrow(
      MappingError,
    );
  });

  it('to counters is refused, with the way that works', () => {
    const counters = tableOf(['p', 'int', 'partition_key'], ['n', 'counter', 'regular']);
    expect(problems({ mapping: [field('p'), field('n')] }, counters)).toEqual([
      { column: 'n', problem: expect.stringMatching(/would count twice.*UPDATE … SET n = n \+ \?/) },
    ]);
  });
});

describe('the guess of a mapping', () => {
  const columns = (...names: string[]) =>
    tableOf(...names.map((name): [string, string, Kind] => [name, 'int', 'regular']));
  const guessed = (names: string[], of: CqlTable) =>
    guessMapping(names, of).columns.map(({ to, from, reason }) => [to, 'field' in from ? from.field : null, reason]);

  it('prefers the surer likeness, and takes no field twice', () => {
    expect(guessed(['USER_ID', 'user_id', 'Name'], columns('user_id', 'name', 'userid'))).toEqual([
      ['user_id', 'user_id', 'same name'],
      ['name', 'Name', 'same but for case'],
      ['userid', 'USER_ID', 'same but for spaces, dashes and underscores'],
    ]);
  });

  it('leaves what two fields or two columns fit', () => {
    const guess = guessMapping(['First Name', 'first-name', 'x'], columns('first_name', 'X', 'Y', 'y'));
    expect(guess.columns.map(({ to }) => to)).toEqual(['X']);
    expect([guess.leftFields, guess.leftColumns]).toEqual([
      ['First Name', 'first-name'],
      ['first_name', 'Y', 'y'],
    ]);
  });

  it('knows quoted names, and the TTL and write time of a column', () => {
    const guess = guessMapping(['"Day"', 'v', 'ttl(v)', 'writetime("v")', 'ttl(w)'], columns('Day', 'v'));
    expect(guess.columns).toMatchObject([
      { to: 'Day', from: { field: '"Day"' } },
      { to: 'v', ttl: 'ttl(v)', timestamp: 'writetime("v")' },
    ]);
    expect(guess.leftFields).toEqual(['ttl(w)']);
  });
});
