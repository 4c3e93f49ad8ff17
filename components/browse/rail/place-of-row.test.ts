import { describe, expect, it } from 'vitest';
import { AT_START } from '@/lib/browse/address';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import type { RowOrder } from '@/lib/reader/source';
import { placeInPartition, tokenOfKey, tokenOfRow } from './place-of-row';

const column = (name: string, type: 'text' | 'date' | 'int', kind: ColumnShape['kind']): ColumnShape => ({
  ...{ name, kind, clusteringOrder: 'none' },
  type: { kind: 'native', name: type },
});
const SHAPE: TableShape = {
  partitionKey: ['origin', 'day'],
  clusteringKey: [],
  columns: [
    column('day', 'date', 'partition_key'),
    column('origin', 'text', 'partition_key'),
    column('v', 'int', 'regular'),
  ],
  ...{ indexes: [], isVirtual: false, isView: false },
};
/** As `SELECT token(origin, day)` of Cassandra 5.0.9 gives it. */
const TOKEN = -9218281676337050873n;

const header = (...names: string[]) => ({
  columns: names.map((name) => ({
    name,
    type: 'text',
    kind: name === 'v' ? ('regular' as const) : ('partition_key' as const),
  })),
  ...{ consistency: 'ONE' as const, statement: '' },
});

describe('the token of a row', () => {
  it('is that of its partition key, in key order and by type', () => {
    expect(tokenOfKey(['FLL', '2001-01-05'], SHAPE)).toBe(TOKEN);
    expect(tokenOfRow([1, '2001-01-05', 'FLL'], header('v', 'day', 'origin'), SHAPE)).toBe(TOKEN);
  });

  it('is not known while a part of the key is not among the columns, or has no value', () => {
    expect(tokenOfRow(['FLL', 1], header('origin', 'v'), SHAPE)).toBeNull();
    expect(tokenOfKey(['FLL', null], SHAPE)).toBeNull();
  });
});

describe('the place of a row in a partition', () => {
  const ORDER: RowOrder = { by: 'value', column: 'a', tuple: ['b', 'c'], descending: false };
  const at = (row: (string | number | null)[], skip = 0, columns = ['k', 'a', 'b', 'c']) =>
    placeInPartition({ row, skip }, header(...columns), ORDER);

  it('is all the values that order it', () => {
    expect(at(['k', 'x', 2, ''])).toEqual({ ...AT_START, at: '"x"', and: [2, ''] });
    const single = placeInPartition({ row: ['k', 5], skip: 3 }, header('k', 'a'), { ...ORDER, tuple: [] });
    expect(single).toEqual({ ...AT_START, at: '5', skip: 3 });
  });

  it('is those before a column that is not shown, and the rows of the same before it', () => {
    expect(at(['k', 'x', 9], 4, ['k', 'a', 'c'])).toEqual({ ...AT_START, at: '"x"', skip: 4 });
    expect(at(['k', 2], 4, ['k', 'b'])).toBeNull();
  });

  it('is those before one that is none or too long for an address, without the rows counted among all of them', () => {
    expect(at(['k', 'x', 2, null], 4)).toEqual({ ...AT_START, at: '"x"', and: [2] });
    expect(at(['k', 'x', 'ü'.repeat(2_000), 1], 4)).toEqual({ ...AT_START, at: '"x"' });
    expect(at(['k', null, null, null], 4)).toBeNull();
  });
});
