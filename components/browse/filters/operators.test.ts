import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterText } from '@/lib/browse/filter-text';
import type { Filter } from '@/lib/contract/filters';
import type { JsonValue } from '@/lib/contract/json';
import { type TableShape, tableShape } from '@/lib/cql/schema-lookup';
import { buildSelect } from '@/lib/cql/select-builder';
import { draftOf, readDraft, withSubject } from './filter-draft';
import { choicesFor, nextFilterColumn, subjectOf, subjectsOf } from './operators';

type Kind = 'partition_key' | 'clustering' | 'regular';
const column = (name: string, type: string, kind: Kind = 'regular', position = -1) => {
  return { name, type, kind, position, clusteringOrder: kind === 'clustering' ? ('asc' as const) : ('none' as const) };
};
const SASI = 'org.apache.cassandra.index.sasi.SASIIndex';
const SHAPE: TableShape = tableShape(
  {
    kind: 'table',
    columns: [
      column('origin', 'text', 'partition_key', 0),
      column('day', 'date', 'partition_key', 1),
      column('departs', 'timestamp', 'clustering', 0),
      column('destination', 'text', 'clustering', 1),
      column('delay', 'int'),
      column('name', 'text'),
      column('tags', 'set<text>'),
      column('attrs', 'map<text, int>'),
      column('near', 'vector<float, 2>'),
      column('frozen', 'frozen<list<int>>'),
      column('lasts', 'duration'),
      column('cancelled', 'boolean'),
    ],
    indexes: [
      { name: 'i', target: 'name', kind: 'CUSTOM', className: SASI, options: { mode: 'CONTAINS' } },
      { name: 'j', target: 'entries(attrs)', kind: 'CUSTOM', className: 'sai' },
    ],
  },
  'demo',
  () => undefined,
);
const subject = (id: string) => {
  const found = subjectsOf(SHAPE).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no subject ${id}`);
  return found;
};

describe('filters on offer', () => {
  it('go through the key, in its order', () => {
    const on = (...columns: string[]) => columns.map((name) => ({ column: name, operator: '=' as const, value: 'x' }));
    expect(nextFilterColumn(SHAPE, [])).toBe('origin');
    expect(nextFilterColumn(SHAPE, on('origin'))).toBe('day');
    expect(nextFilterColumn(SHAPE, on('day', 'origin'))).toBe('departs');
    expect(nextFilterColumn(SHAPE, on('day', 'origin', 'departs', 'destination'))).toBe('origin');
  });

  it('are not about masked columns', () => {
    const columns = SHAPE.columns.map((one) => (one.name === 'delay' ? { ...one, masked: 'reports' } : one));
    expect(subjectsOf({ ...SHAPE, columns }).map(({ id }) => id)).not.toContain('delay');
  });

  it('are about every column, the token, and clustering columns together', () => {
    const labels = subjectsOf(SHAPE).map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(SHAPE.columns.map(({ name }) => name)));
    expect(labels).toContain('token(origin, day)');
    expect(labels).toContain('(departs, destination) together');
  });

  it.each([
    ['origin', ['=', 'IN', '<', '<=', '>', '>=']],
    [' token', ['TOKEN >', 'TOKEN <=']],
    [' tuple 0 0', ['>=', '>', '<=', '<', '=', 'IN']],
    ['name', ['LIKE', '=', 'IN', '<', '<=', '>', '>=']],
    ['tags', ['CONTAINS']],
    ['attrs', ['ENTRY', 'CONTAINS KEY', 'CONTAINS']],
    ['near', ['ANN OF']],
    ['frozen', ['=', 'IN', 'CONTAINS']],
    ['lasts', ['=', 'IN']],
  ])('for %s take %j', (id, expected) => {
    expect(choicesFor(SHAPE, subject(id))).toEqual(expected);
  });
});

describe('a filter as it is typed', () => {
  const read = (id: string, more: Partial<Omit<NonNullable<ReturnType<typeof draftOf>>, 'subject'>>) => {
    const draft = draftOf(SHAPE, [], undefined);
    if (draft === undefined) throw new Error('nothing to begin with');
    return readDraft(SHAPE, { ...withSubject(SHAPE, draft, subject(id)), ...more });
  };

  it.each<[string, Parameters<typeof read>[1], Filter]>([
    ['delay', { choice: '>', text: '5' }, { column: 'delay', operator: '>', value: 5 }],
    ['origin', { choice: 'IN', text: 'SEA, PDX' }, { column: 'origin', operator: 'IN', value: ['SEA', 'PDX'] }],
    ['attrs', { text: '7', keyText: 'a' }, { column: 'attrs', operator: '=', key: 'a', value: 7 }],
    ['near', { text: '[0.5, 1]' }, { column: 'near', operator: 'ANN OF', value: [0.5, 1], limit: 100 }],
    [' token', { text: '-5' }, { column: 'origin', operator: 'TOKEN >', value: '-5' }],
    ['cancelled', { choice: '=', text: 'true' }, { column: 'cancelled', operator: '=', value: true }],
    [
      ' tuple 0 0',
      { text: "('2001-01-09T06:10Z', 'PDX')" },
      { column: 'departs', tuple: ['destination'], operator: '>=', value: ['2001-01-09T06:10:00.000Z', 'PDX'] },
    ],
  ])('about %s is read', (id, more, filter) => {
    expect(read(id, more)).toEqual({ filter });
  });

  it.each<[string, Parameters<typeof read>[1], string, RegExp]>([
    ['delay', { choice: '=', text: '4x' }, 'value', /a whole number from -2147483648/],
    ['attrs', { text: 'x', keyText: 'a' }, 'value', /expected int/],
    ['near', { text: '[1]', limitText: '0' }, 'limit', /from 1 to 1000/],
    [' token', { text: '9223372036854775808' }, 'value', /expected bigint/],
  ])('about %s is told what is wrong', (id, more, field, problem) => {
    expect(read(id, more)).toEqual({ problems: expect.objectContaining({ [field]: expect.stringMatching(problem) }) });
  });

  it('comes back into the form as it was', () => {
    const value = (text: string): JsonValue => text;
    const filters: Filter[] = [
      { column: 'attrs', operator: '=', key: 'a b', value: 7 },
      { column: 'departs', tuple: ['destination'], operator: '<', value: ['2001-01-09T06:10:00.000Z', 'PDX'] },
      { column: 'near', operator: 'ANN OF', value: [0.5, 1], limit: 7 },
      { column: 'origin', operator: 'TOKEN <=', value: value('7') },
      { column: 'origin', operator: 'IN', value: ['a,b', 'c'] },
    ];
    for (const filter of filters) {
      const draft = draftOf(SHAPE, [], filter);
      expect(draft && readDraft(SHAPE, draft)).toEqual({ filter });
      expect(draft?.subject).toEqual(subjectOf(SHAPE, filter));
    }
  });

  it('always makes a statement that can be planned', () => {
    const subjects = subjectsOf(SHAPE);
    const some = fc
      .constantFrom(...subjects)
      .chain((one) =>
        fc.record({ subject: fc.constant(one), choice: fc.constantFrom(...choicesFor(SHAPE, one)), text: fc.string() }),
      );
    fc.assert(
      fc.property(some, ({ subject: one, choice, text }) => {
        const found = readDraft(SHAPE, { subject: one, choice, text, keyText: text, limitText: '5' });
        if (!('filter' in found)) return;
        const built = buildSelect({ keyspace: 'demo', table: 't', shape: SHAPE, filters: [found.filter] });
        expect(built.problem ?? '').not.toMatch(/does not fit|there is no column/);
        expect(filterText(found.filter)).toContain(choice === 'ENTRY' ? '=' : choice.replace('TOKEN ', ''));
      }),
    );
  });
});

describe('a filter in one line', () => {
  it.each<[Filter, string]>([
    [{ column: 'day', operator: '=', value: '2001-01-09' }, 'day = 2001-01-09'],
    [{ column: 'attrs', operator: '=', key: 'a', value: 7 }, 'attrs[a] = 7'],
    [
      { column: 'departs', tuple: ['destination'], operator: '>', value: ['x', 'y'] },
      '(departs, destination) > ["x","y"]',
    ],
    [{ column: 'origin', operator: 'TOKEN >', value: '5' }, 'token(origin, day) > 5'],
    [{ column: 'near', operator: 'ANN OF', value: [1, 2], limit: 7 }, 'near ANN OF [1,2] LIMIT 7'],
    [{ column: 'origin', operator: 'IN', value: ['SEA', 'PDX'] }, 'origin IN SEA, PDX'],
  ])('%j', (filter, text) => {
    expect(filterText(filter, SHAPE.partitionKey)).toBe(text);
  });
});
