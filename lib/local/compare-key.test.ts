import { describe, expect, it } from 'vitest';
import type { ResultColumn } from '@/lib/contract/frames';
import type { Table } from '@/lib/contract/schema';
import { compareKey } from './compare-key';

const column = (name: string, kind: ResultColumn['kind'], type = 'int'): ResultColumn => ({ name, kind, type });
const COLUMNS = [column('k', 'partition_key'), column('c', 'clustering'), column('v', 'regular')];
const TABLE: Table = {
  ...{ name: 't', id: null, kind: 'table', baseTable: null, comment: '', indexes: [] },
  columns: [
    { name: 'k', type: 'int', kind: 'partition_key', position: 0, clusteringOrder: 'none' },
    { name: 'c', type: 'int', kind: 'clustering', position: 0, clusteringOrder: 'asc' },
    { name: 'v', type: 'int', kind: 'regular', position: -1, clusteringOrder: 'none' },
  ],
};
const name = { keyspace: 'ks', table: 't' };
const WHOLE = { columns: COLUMNS, table: name };

describe('rows of two results are matched', () => {
  it('by primary key where both have it', () => {
    const fewer = { ...WHOLE, columns: COLUMNS.slice(0, 2).toReversed() };
    expect(compareKey(WHOLE, fewer, TABLE)).toEqual({
      key: ['k', 'c'],
      words: 'Rows are matched by primary key: k, c.',
    });
  });

  it.each([
    ['a part of the key is missing', WHOLE, { ...WHOLE, columns: COLUMNS.slice(1) }, TABLE, 'k of the primary key is'],
    [
      'an alias looks like the key',
      { ...WHOLE, columns: COLUMNS.with(0, column('k', 'computed')) },
      WHOLE,
      TABLE,
      'k of the primary key is',
    ],
    ['they are of two tables', { ...WHOLE, table: { ...name, table: 'u' } }, WHOLE, TABLE, 'of different tables'],
    ['the table is not known', WHOLE, WHOLE, undefined, 'not of one known table'],
    ['they have no table', { ...WHOLE, table: null }, { ...WHOLE, table: null }, TABLE, 'not of one known table'],
  ])('by position where %s, and it says so', (_, before, after, table, words) => {
    const found = compareKey(before, after, table);
    expect(found.key).toBeNull();
    expect(found.words).toContain(words);
  });
});
