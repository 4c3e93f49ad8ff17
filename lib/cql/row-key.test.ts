import { describe, expect, it } from 'vitest';
import type { Table } from '@/lib/contract/schema';
import { keyColumns, rowKeyOf } from './row-key';

describe('the key of a row', () => {
  const column = (name: string, kind: 'partition_key' | 'clustering' | 'regular') => {
    return { name, type: 'text', kind, position: 0, clusteringOrder: 'none' as const };
  };
  const table: Table = {
    ...{ name: 't', id: null, kind: 'table', baseTable: null, comment: '', indexes: [] },
    columns: [column('k', 'partition_key'), column('c', 'clustering'), column('v', 'regular')],
  };
  const result = (...names: string[]) => names.map((name) => ({ name, type: 'text', kind: 'regular' as const }));

  it('is taken from the columns shown', () => {
    expect(rowKeyOf(table, result('v', 'c', 'k'), ['1', null, 'a'])).toEqual({ key: { k: 'a', c: null } });
    expect(rowKeyOf(table, result('v', 'k'), ['1', 'a'])).toEqual({ missing: ['c'] });
  });

  it('is no column that only has the name of one', () => {
    const columns = [...result('c'), { name: 'k', kind: 'computed' as const }];
    expect(rowKeyOf(table, columns, ['1', 'a'])).toEqual({ missing: ['k'] });
  });

  it('has its parts in the order of the key, and names of any kind', () => {
    const columns = [
      { ...column('b', 'clustering'), position: 1 },
      column('__proto__', 'partition_key'),
      column('a', 'clustering'),
    ];
    expect(keyColumns(columns, 'clustering').map(({ name }) => name)).toEqual(['a', 'b']);
    const found = rowKeyOf({ columns }, result('b', 'a', '__proto__'), [1, 2, 3]);
    expect('key' in found && Object.entries(found.key)).toEqual([
      ['__proto__', 3],
      ['a', 2],
      ['b', 1],
    ]);
  });
});
