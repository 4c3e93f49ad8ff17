import { describe, expect, it } from 'vitest';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { neverNullColumns } from './key-columns';

const column = (name: string, kind: ColumnShape['kind']): ColumnShape => ({
  name,
  kind,
  type: { kind: 'native', name: 'text' },
  clusteringOrder: kind === 'clustering' ? 'asc' : 'none',
});
const tableOf = (...columns: readonly ColumnShape[]): TableShape => ({
  partitionKey: columns.filter(({ kind }) => kind === 'partition_key').map(({ name }) => name),
  clusteringKey: columns.filter(({ kind }) => kind === 'clustering').map(({ name }) => name),
  columns,
  indexes: [],
  isVirtual: false,
  isView: false,
});
const plain = tableOf(column('k', 'partition_key'), column('c', 'clustering'), column('v', 'regular'));
const withStatic = tableOf(column('k', 'partition_key'), column('c', 'clustering'), column('s', 'static'));
const lone = tableOf(column('k', 'partition_key'));

describe('a single column that is never null', () => {
  it.each<[string, TableShape | undefined, readonly string[]]>([
    ['SELECT k FROM t', plain, ['k']],
    ['SELECT c FROM t', plain, ['c']],
    ['SELECT DISTINCT k FROM t', plain, ['k']],
    ['SELECT * FROM t', lone, ['k']],
    ['SELECT v FROM t', plain, []],
    ['SELECT v AS k FROM t', plain, []],
    ['SELECT max(k) FROM t', plain, []],
    ['SELECT k, c FROM t', plain, []],
    ['SELECT * FROM t', plain, []],
    // A partition with only static columns is one row without clustering columns.
    ['SELECT c FROM t', withStatic, []],
    ['SELECT k FROM t', withStatic, ['k']],
    ['SELECT k FROM t', undefined, []],
  ])('of %s', (statement, table, columns) => {
    expect(neverNullColumns(statement, table)).toEqual(columns);
  });
});
