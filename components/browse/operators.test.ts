import { describe, expect, it } from 'vitest';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { parseCqlType } from '@/lib/cql/type-text';
import { nextFilterColumn, operatorsFor } from './operators';

const SHAPE: TableShape = {
  partitionKey: ['origin', 'day'],
  clusteringKey: ['departs'],
  columns: [],
  indexes: [],
  isVirtual: false,
  isView: false,
};

describe('filters on offer', () => {
  it('go through the key, in its order', () => {
    const on = (...columns: string[]) => columns.map((column) => ({ column, operator: '=' as const, value: 'x' }));
    expect(nextFilterColumn(SHAPE, [])).toBe('origin');
    expect(nextFilterColumn(SHAPE, on('origin'))).toBe('day');
    expect(nextFilterColumn(SHAPE, on('day', 'origin'))).toBe('departs');
    expect(nextFilterColumn(SHAPE, on('day', 'origin', 'departs'))).toBe('origin');
  });

  it('have the operators that fit', () => {
    const column = (kind: 'partition_key' | 'regular', type: string) =>
      operatorsFor({ name: 'c', kind, type: parseCqlType(type), clusteringOrder: 'none' });
    expect(column('partition_key', 'int')).toEqual(['=', 'IN']);
    expect(column('regular', 'map<text, int>')).toContain('CONTAINS KEY');
    expect(column('regular', 'set<text>')).not.toContain('CONTAINS KEY');
  });
});
