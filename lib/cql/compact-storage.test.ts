import { describe, expect, it } from 'vitest';
import type { TableColumn } from '@/lib/contract/schema';
import { visibleColumns } from './compact-storage';

/** As Cassandra 4.1 and 5.0 list them after CREATE TABLE … WITH COMPACT STORAGE. */
const column = (name: string, kind: TableColumn['kind'], type = 'int', position = -1): TableColumn => ({
  name,
  kind,
  type,
  position,
  clusteringOrder: kind === 'clustering' ? 'asc' : 'none',
});
const KEY = column('k', 'partition_key', 'int', 0);

const SHAPES = [
  {
    name: 'static rows',
    flags: [],
    columns: [
      KEY,
      column('column1', 'clustering', 'text', 0),
      column('v', 'static'),
      column('value', 'regular', 'blob'),
      column('w', 'static', 'text'),
    ],
    visible: ['k partition_key', 'v regular', 'w regular'],
  },
  {
    name: 'static rows of counters',
    flags: ['counter'],
    columns: [
      KEY,
      column('column1', 'clustering', 'text', 0),
      column('v', 'static', 'counter'),
      column('value', 'regular', 'counter'),
    ],
    visible: ['k partition_key', 'v regular'],
  },
  {
    name: 'static rows with columns that have the usual names',
    flags: [],
    columns: [
      KEY,
      column('column1', 'static'),
      column('column2', 'clustering', 'text', 0),
      column('value', 'static'),
      column('value1', 'regular', 'blob'),
    ],
    visible: ['k partition_key', 'column1 regular', 'value regular'],
  },
  {
    name: 'one clustering column and a value',
    flags: ['dense'],
    columns: [KEY, column('c', 'clustering', 'int', 0), column('value', 'regular', 'blob')],
    visible: ['k partition_key', 'c clustering', 'value regular'],
  },
  {
    name: 'several clustering columns and a value',
    flags: ['compound', 'dense'],
    columns: [KEY, column('c', 'clustering', 'int', 0), column('d', 'clustering', 'int', 1), column('v', 'regular')],
    visible: ['k partition_key', 'c clustering', 'd clustering', 'v regular'],
  },
  {
    name: 'clustering columns alone',
    flags: ['compound', 'dense'],
    columns: [KEY, column('c', 'clustering', 'int', 0), column('value', 'regular', 'empty')],
    visible: ['k partition_key', 'c clustering'],
  },
  {
    name: 'no COMPACT STORAGE',
    flags: ['compound'],
    columns: [
      KEY,
      column('column1', 'clustering', 'text', 0),
      column('s', 'static'),
      column('value', 'regular', 'blob'),
    ],
    visible: ['k partition_key', 'column1 clustering', 's static', 'value regular'],
  },
];

describe('visibleColumns', () => {
  it.each(SHAPES)('shows what CQL can name: $name', ({ flags, columns, visible }) => {
    expect(visibleColumns(columns, flags).map(({ name, kind }) => `${name} ${kind}`)).toEqual(visible);
  });
});
