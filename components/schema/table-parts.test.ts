import { describe, expect, it } from 'vitest';
import type { Keyspace, Table, TableColumn } from '@/lib/contract/schema';
import { columnsInOrder, indexedColumn, indexesOn, keyOf, viewsOf } from './table-parts';

const column = (name: string, kind: TableColumn['kind'], position = -1): TableColumn => ({
  name,
  kind,
  position,
  type: 'int',
  clusteringOrder: kind === 'clustering' ? 'asc' : 'none',
});

const table: Table = {
  name: 't',
  id: null,
  kind: 'table',
  baseTable: null,
  comment: '',
  columns: [
    column('z', 'regular'),
    column('c2', 'clustering', 1),
    column('b', 'static'),
    column('p2', 'partition_key', 1),
    column('c1', 'clustering', 0),
    column('p1', 'partition_key', 0),
  ],
  indexes: [
    { name: 'on_z', kind: 'COMPOSITES', target: 'values(z)', className: null },
    { name: 'on_b', kind: 'CUSTOM', target: '"b"', className: 'sai' },
  ],
};

describe('the parts of a table', () => {
  it('come in the order of the key, then by name', () => {
    const { partitionKey, clustering } = keyOf(table);
    expect(partitionKey.map(({ name }) => name)).toEqual(['p1', 'p2']);
    expect(clustering.map(({ name }) => name)).toEqual(['c1', 'c2']);
    expect(columnsInOrder(table).map(({ name }) => name)).toEqual(['p1', 'p2', 'c1', 'c2', 'b', 'z']);
  });

  it('finds the indexes of a column behind quotes and collection targets', () => {
    expect([indexesOn(table, 'z'), indexesOn(table, 'b'), indexesOn(table, 'c1')]).toEqual([['on_z'], ['on_b'], []]);
    expect(['v', 'keys(v)', 'full("V")', '"a""b"', 'keys'].map(indexedColumn)).toEqual(['v', 'v', 'V', 'a"b', 'keys']);
  });

  it('finds the views of a table', () => {
    const view = (name: string, baseTable: string): Table => ({ ...table, name, kind: 'view', baseTable });
    const keyspace: Keyspace = {
      name: 'ks',
      system: false,
      virtual: false,
      durableWrites: true,
      replication: {},
      tables: [table, view('b', 't'), view('a', 't'), view('c', 'other')],
      types: [],
      functions: [],
    };
    expect(viewsOf(keyspace, 't').map(({ name }) => name)).toEqual(['a', 'b']);
  });
});
