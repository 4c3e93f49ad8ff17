import { describe, expect, it } from 'vitest';
import type { Filter } from '@/lib/contract/filters';
import type { JsonValue } from '@/lib/contract/json';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import type { CqlType } from '@/lib/cql/types';
import { type CellFilter, cellFilters } from './cell-filters';
import { planView } from './planner';

const TEXT: CqlType = { kind: 'native', name: 'text' };
const INT: CqlType = { kind: 'native', name: 'int' };
const column = (name: string, kind: ColumnShape['kind'], type: CqlType): ColumnShape => ({
  name,
  kind,
  type,
  clusteringOrder: kind === 'clustering' ? 'asc' : 'none',
});
const SHAPE: TableShape = {
  columns: [
    column('origin', 'partition_key', TEXT),
    column('day', 'partition_key', TEXT),
    column('time', 'clustering', INT),
    column('delay', 'regular', INT),
    column('carrier', 'regular', TEXT),
  ],
  partitionKey: ['origin', 'day'],
  clusteringKey: ['time'],
  indexes: [],
  isVirtual: false,
  isView: false,
};
const PLACE = { cluster: 'demo', keyspace: 'flights', table: 'by_origin_day' };
const ALL = ['=', 'IN', '<', '<=', '>', '>='];

function filtersOf(name: string, value: JsonValue, filters: readonly Filter[] = [], fitting: readonly string[] = ALL) {
  const plan = (next: readonly Filter[]) =>
    planView(PLACE, SHAPE, { filters: next, columns: null, reversed: false, filtering: false });
  return cellFilters({ column: name, value, fitting, filters, plan });
}

function served(name: string, value: JsonValue, filters: readonly Filter[] = []): readonly CellFilter[] {
  const found = filtersOf(name, value, filters);
  if (typeof found === 'string') throw new Error(found);
  return found;
}

const SEA: Filter = { column: 'origin', operator: '=', value: 'SEA' };
const DAY: Filter = { column: 'day', operator: '=', value: '2001-01-09' };

describe('filters by a cell’s value', () => {
  it('say what each costs, as the planner does', () => {
    const [equal] = served('day', '2001-01-09', [SEA]);
    expect(equal).toMatchObject({ label: 'day = 2001-01-09', note: '1 partition', isHeavy: false, isServed: true });
    expect(equal?.filters).toEqual([SEA, DAY]);
    const [byDelay] = served('delay', 5);
    expect(byDelay).toMatchObject({ note: 'needs ALLOW FILTERING; asks first', isHeavy: true, isServed: true });
  });

  it('offer IN only where it adds a value to what is filtered by', () => {
    expect(served('origin', 'SEA').map(({ operator }) => operator)).toEqual(['=', '<', '>']);
    expect(served('origin', 'SEA', [SEA]).map(({ operator }) => operator)).toEqual(['=', '<', '>']);
    const more = served('origin', 'PDX', [SEA, DAY]).find(({ operator }) => operator === 'IN');
    expect(more).toMatchObject({ label: 'origin IN SEA, PDX', note: '2 partitions' });
    expect(more?.filters).toEqual([DAY, { column: 'origin', operator: 'IN', value: ['SEA', 'PDX'] }]);
  });

  it('keep the bound on the other side and replace the rest', () => {
    const bounds: Filter[] = [SEA, DAY, { column: 'time', operator: '>=', value: 600 }];
    const upper = served('time', 700, bounds).find(({ operator }) => operator === '<');
    expect(upper?.filters).toEqual([...bounds, { column: 'time', operator: '<', value: 700 }]);
    const equal = served('time', 700, bounds).find(({ operator }) => operator === '=');
    expect(equal?.filters).toEqual([SEA, DAY, { column: 'time', operator: '=', value: 700 }]);
  });

  it('leave alone what compares several columns, a map’s entry or the token', () => {
    const others: Filter[] = [
      { column: 'time', tuple: ['leg'], operator: '>', value: [1, 2] },
      { column: 'origin', operator: 'TOKEN >', value: '0' },
    ];
    expect(served('time', 5, others)[0]?.filters.slice(0, 2)).toEqual(others);
    expect(served('origin', 'SEA', others)[0]?.filters.slice(0, 2)).toEqual(others);
  });

  it('are none for null and for what no address holds', () => {
    expect(filtersOf('delay', null)).toMatch(/null/);
    expect(filtersOf('carrier', 'x'.repeat(2_000))).toMatch(/too long/);
  });

  it('order by similarity for a vector, and are none where only elements are compared', () => {
    expect(filtersOf('carrier', [1, 2], [], ['CONTAINS'])).toEqual([]);
    expect(filtersOf('carrier', [1, 2], [], ['ANN OF'])).toMatchObject([
      { operator: 'ANN OF', label: 'Rows most similar by carrier' },
    ]);
  });
});
