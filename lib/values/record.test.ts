import { describe, expect, it } from 'vitest';
import type { ResultColumn } from '@/lib/contract/frames';
import { recordFields } from './record';

const COLUMNS: readonly ResultColumn[] = [
  { name: 'id', type: 'uuid', kind: 'partition_key' },
  { name: 'Note', type: 'text', kind: 'regular' },
  { name: 'delay', type: 'int', kind: 'regular' },
  { name: 'tags', type: 'set<text>', kind: 'regular' },
];
const ALL = { search: '', hideNulls: false };

const namesOf = (values: Parameters<typeof recordFields>[1], view: Partial<typeof ALL>) =>
  recordFields(COLUMNS, values, { ...ALL, ...view }).fields.map(({ name }) => name);

describe('a row as fields', () => {
  it('has every column in its order, with its place among the values', () => {
    const { fields, nulls } = recordFields(COLUMNS, ['a', null, 0, []], ALL);
    expect(fields.map(({ source }) => source)).toEqual([0, 1, 2, 3]);
    expect(nulls).toBe(1);
  });

  it('hides nulls, and nothing that merely looks empty', () => {
    expect(namesOf(['a', '', 0, null], { hideNulls: true })).toEqual(['id', 'Note', 'delay']);
    expect(recordFields(COLUMNS, ['a', null, null, null], { ...ALL, hideNulls: true }).nulls).toBe(3);
  });

  it('is searched by name and type in any case', () => {
    const values = ['a', 'b', 1, ['c']];
    expect(namesOf(values, { search: 'note' })).toEqual(['Note']);
    expect(namesOf(values, { search: ' TEXT ' })).toEqual(['Note', 'tags']);
    expect(namesOf(values, { search: 'nothing' })).toEqual([]);
    expect(namesOf([null, null, 1, null], { search: 'i', hideNulls: true })).toEqual(['delay']);
  });
});
