import { describe, expect, it } from 'vitest';
import type { Filter } from '@/lib/contract/filters';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { planView } from './planner';
import { rowOrderOf } from './row-order';

const column = (name: string, kind: ColumnShape['kind'], clusteringOrder: ColumnShape['clusteringOrder'] = 'none') => ({
  name,
  kind,
  clusteringOrder,
  type: { kind: 'native', name: 'int' } as const,
});
const SHAPE: TableShape = {
  partitionKey: ['p'],
  clusteringKey: ['day', 'time', 'seq', 'leg'],
  columns: [
    column('p', 'partition_key'),
    column('day', 'clustering', 'asc'),
    column('time', 'clustering', 'desc'),
    column('seq', 'clustering', 'desc'),
    column('leg', 'clustering', 'asc'),
    column('v', 'regular'),
  ],
  indexes: [],
  isVirtual: false,
  isView: false,
};
const PLACE = { cluster: 'demo', keyspace: 'k', table: 't' };

function orderOf(filters: readonly Filter[], reversed = false, filtering = false) {
  const address = { filters, reversed, filtering, columns: null };
  return rowOrderOf(address, SHAPE, planView(PLACE, SHAPE, address));
}

const is = (name: string, value = 1): Filter => ({ column: name, operator: '=', value });

describe('the order of the rows of a view', () => {
  it('is that of the tokens without filters, before the schema is known too', () => {
    expect(rowOrderOf({ filters: [], reversed: false }, undefined, undefined)).toEqual({ by: 'token' });
    expect(rowOrderOf({ filters: [is('p')], reversed: false }, undefined, undefined)).toBeUndefined();
  });

  it('is that of the first clustering column that has not one value, inside a partition', () => {
    expect(orderOf([is('p')])).toEqual({ by: 'value', column: 'day', tuple: [], descending: false });
    expect(orderOf([is('p')], true)).toEqual({ by: 'value', column: 'day', tuple: [], descending: true });
    expect(orderOf([is('p'), is('day')])).toEqual({ by: 'value', column: 'time', tuple: ['seq'], descending: true });
    expect(orderOf([is('p'), is('day')], true)).toEqual({
      by: 'value',
      column: 'time',
      tuple: ['seq'],
      descending: false,
    });
  });

  it('takes more columns in only beside what the key alone serves', () => {
    const time = { by: 'value', column: 'time', descending: true };
    for (const other of [is('seq'), is('leg'), is('v')]) {
      expect(orderOf([is('p'), is('day'), other], false, true)).toEqual({ ...time, tuple: [] });
    }
  });

  it('gives no places where that column is filtered, and where each row is one', () => {
    expect(orderOf([is('p'), { column: 'day', operator: '>', value: 1 }])).toBeUndefined();
    expect(orderOf(['p', 'day', 'time', 'seq', 'leg'].map((name) => is(name)))).toBeUndefined();
  });

  it('gives none where an index finds the rows: Cassandra does not turn them round', () => {
    const indexed = {
      ...SHAPE,
      indexes: [{ name: 'v_idx', column: 'v', kind: 'secondary' as const, part: 'values' as const }],
    };
    const address = { filters: [is('p'), is('v')], reversed: false, filtering: false, columns: null };
    expect(rowOrderOf(address, indexed, planView(PLACE, indexed, address))).toBeUndefined();
    expect(orderOf(address.filters, false, true)).toMatchObject({ by: 'value', column: 'day' });
  });

  it('gives none where rows come in another order', () => {
    expect(orderOf([{ column: 'p', operator: 'IN', value: [1, 2] }])).toBeUndefined();
    expect(orderOf([{ column: 'p', operator: 'TOKEN >', value: '5' }])).toBeUndefined();
  });
});
