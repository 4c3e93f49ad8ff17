import { describe, expect, it } from 'vitest';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import type { CqlType } from '@/lib/cql/types';
import { insertExample } from './insert-example';

const TEXT: CqlType = { kind: 'native', name: 'text' };
const column = (name: string, kind: ColumnShape['kind'], type: CqlType = TEXT): ColumnShape => {
  return { name, kind, type, clusteringOrder: kind === 'clustering' ? 'asc' : 'none' };
};
const shape = (columns: readonly ColumnShape[], other: Partial<TableShape> = {}): TableShape => ({
  partitionKey: columns.filter(({ kind }) => kind === 'partition_key').map(({ name }) => name),
  clusteringKey: columns.filter(({ kind }) => kind === 'clustering').map(({ name }) => name),
  columns,
  ...{ indexes: [], isVirtual: false, isView: false },
  ...other,
});
const PLACE = { keyspace: 'ks', table: 'Things' };
const KEY = column('id', 'partition_key', { kind: 'native', name: 'int' });

describe('an INSERT to start from', () => {
  it('has the whole key and some other columns', () => {
    const columns = [KEY, column('at', 'clustering', { kind: 'native', name: 'date' })];
    const others = ['a', 'b', 'c', 'd'].map((name) => column(name, 'regular'));
    expect(insertExample(PLACE, shape([...columns, column('s', 'static'), ...others]))).toBe(
      `INSERT INTO ks."Things" (id, at, a, b, c) VALUES (42, '2001-01-09', 'text', 'text', 'text');`,
    );
  });

  it('is not offered where rows are not inserted, or no example fits the key', () => {
    expect(insertExample(PLACE, shape([KEY], { isView: true }))).toBeNull();
    expect(insertExample(PLACE, shape([KEY], { isVirtual: true }))).toBeNull();
    const counter = column('n', 'regular', { kind: 'native', name: 'counter' });
    expect(insertExample(PLACE, shape([KEY, counter]))).toBeNull();
    const list = column('list', 'partition_key', { kind: 'list', of: TEXT, frozen: true });
    expect(insertExample(PLACE, shape([list]))).toBeNull();
  });
});
