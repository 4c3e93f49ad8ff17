import { describe, expect, it } from 'vitest';
import { mutationOptionsSchema } from '@/lib/contract/mutations';
import { COUNTS, rowOf, T } from '@/lib/edit/test-plan';
import type { ManyRequest } from './request';
import { changeOf, checkDeed, isUnchanged, noLongerMatches, readColumns, templateOf } from './target';

const set = (values: Extract<ManyRequest['deed'], { do: 'set' }>['values']) => ({ do: 'set', values }) as const;
const filtered = (column: string): ManyRequest['rows'] => ({
  from: 'filters',
  filters: [{ column, operator: '=', value: 1 }],
  allowFiltering: true,
});
const options = (mode: 'guarded' | 'plain') => mutationOptionsSchema.parse({ mode });
const guarded = options('guarded');

describe('what is read to find the rows of a change', () => {
  it.each([
    [set({ v: 1 }), filtered('p'), ['v']],
    [set({ v: 1 }), filtered('w'), ['v', 'w']],
    [{ do: 'delete' } as const, filtered('p'), 'all'],
    // Conditions as CQL may be about any column.
    [set({ v: 1 }), { from: 'clause', clause: ' WHERE w = 1' } as const, 'all'],
  ])('%j', (deed, rows, seen) => {
    const found = readColumns(T, { deed, rows, options: guarded });
    const regular = T.shape.columns.filter(({ kind }) => kind === 'regular').map(({ name }) => name);
    expect(found.key).toEqual([...T.shape.partitionKey, ...T.shape.clusteringKey]);
    expect(found.seen.toSorted()).toEqual((seen === 'all' ? regular : [...seen]).toSorted());
  });
});

describe('the change of a row that was found', () => {
  const wanted = { deed: set({ v: 2 }), rows: filtered('v'), options: guarded };
  const columns = { key: ['p', 'c'], seen: ['v'] };

  it('has its key, what was seen, and what is set', () => {
    const change = { kind: 'update', key: { p: 1, c: 2 }, seen: { v: 1 }, edits: { v: { set: 2 } } };
    expect(changeOf(wanted, columns, [1, 2, 1])).toEqual(change);
    expect(changeOf({ ...wanted, deed: { do: 'delete' } }, columns, [1, 2, 1])).toEqual({
      kind: 'delete',
      key: { p: 1, c: 2 },
      seen: { v: 1 },
    });
  });

  it('is none for a partition with static values alone', () => {
    expect(changeOf(wanted, columns, [1, null, null])).toBeNull();
  });
});

describe('a row before its change', () => {
  const key = { p: 1, c: 1, c2: 1 };
  const change = { kind: 'update', key, seen: { v: 1, w: 'x' }, edits: { v: { set: 2 } } } as const;

  it('is left alone where it has the values, unless its TTL is to change', () => {
    expect(isUnchanged(T, { change, row: rowOf({ v: 2 }) }, 'keep')).toBe(true);
    expect(isUnchanged(T, { change, row: rowOf({ v: 2 }) }, 60)).toBe(false);
    expect(isUnchanged(T, { change, row: rowOf({ v: 1 }) }, 'keep')).toBe(false);
    expect(isUnchanged(T, { change, row: null }, 'keep')).toBe(false);
  });

  it('no longer matches where a column that it was found by has changed', () => {
    expect(noLongerMatches(T, { change, row: rowOf({ v: 1, w: 'x' }) })).toBeNull();
    expect(noLongerMatches(T, { change, row: rowOf({ v: 1, w: 'y' }) })).toContain('“w” has changed');
    // The column that is set is compared by the plan, as in the grid.
    expect(noLongerMatches(T, { change, row: rowOf({ v: 5, w: 'x' }) })).toBeNull();
  });
});

describe('the statement for each row', () => {
  it.each([
    [set({ v: 2 }), 'guarded', 'UPDATE ks.t SET v = 2 WHERE p = ? AND c = ? AND c2 = ? IF v = ?'],
    [set({ v: null }), 'plain', 'UPDATE ks.t USING TIMESTAMP ? SET v = null WHERE p = ? AND c = ? AND c2 = ?'],
    [{ do: 'delete' } as const, 'plain', 'DELETE FROM ks.t USING TIMESTAMP ? WHERE p = ? AND c = ? AND c2 = ?'],
  ] as const)('%j, %s', (deed, mode, text) => {
    expect(templateOf(T, { deed, options: options(mode) })).toBe(text);
  });

  it('names all values of a row that is deleted while it is as it was read', () => {
    expect(templateOf(T, { deed: { do: 'delete' }, options: guarded })).toMatch(/ IF v = \? AND w = \? AND .*u = \?/);
  });
});

it.each([
  [T, {}, 'nothing to set'],
  [T, { p: 1 }, 'primary key'],
  [T, { nowhere: 1 }, 'nowhere'],
  [COUNTS, { k: 1 }, 'added to'],
] as const)('cannot be made of a table: %#', (table, values, message) => {
  expect(() => checkDeed(table, { deed: set(values) })).toThrow(message);
});
