import { describe, expect, it } from 'vitest';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { tokenOfKey, tokenOfRow } from './place-of-row';

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
