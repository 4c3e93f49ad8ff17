import { describe, expect, it } from 'vitest';
import type { Filter } from '@/lib/contract/filters';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { fixedClustering, keyColumnsOf, readKey, textsOfFilters, textsOfRow } from './partition-key';

const column = (name: string, type: 'text' | 'date' | 'int' | 'double', kind: ColumnShape['kind']): ColumnShape => {
  return { name, kind, type: { kind: 'native', name: type }, clusteringOrder: kind === 'clustering' ? 'asc' : 'none' };
};
const SHAPE: TableShape = {
  partitionKey: ['origin', 'day'],
  clusteringKey: ['seat', 'part'],
  columns: [
    column('part', 'double', 'clustering'),
    column('day', 'date', 'partition_key'),
    column('v', 'int', 'regular'),
    column('origin', 'text', 'partition_key'),
    column('seat', 'int', 'clustering'),
  ],
  ...{ indexes: [], isVirtual: false, isView: false },
};
const ORIGIN: Filter = { column: 'origin', operator: '=', value: 'SEA' };
const DAY: Filter = { column: 'day', operator: '=', value: '2001-01-09' };
const SEAT: Filter = { column: 'seat', operator: '=', value: 7 };
const texts = (entries: Record<string, string>) => new Map(Object.entries(entries));

describe('the key form', () => {
  it('has the columns in the order of the key', () => {
    const { partition, clustering } = keyColumnsOf(SHAPE);
    expect(partition.map(({ name }) => name)).toEqual(['origin', 'day']);
    expect(clustering.map(({ name }) => name)).toEqual(['seat', 'part']);
  });

  it('starts from what the filters hold to one value, and from no other filter', () => {
    const filters: Filter[] = [
      ORIGIN,
      { column: 'day', operator: 'IN', value: ['2001-01-09'] },
      { column: 'seat', tuple: ['part'], operator: '=', value: [7, 1] },
      { column: 'v', operator: '>', value: 3 },
    ];
    expect([...textsOfFilters(filters)]).toEqual([['origin', 'SEA']]);
    expect(fixedClustering(filters, SHAPE)).toBe(0);
    expect(fixedClustering([ORIGIN, DAY, SEAT], SHAPE)).toBe(1);
  });

  it('starts from the key of a row, as far as it is known', () => {
    const columns = ['v', 'day', 'origin', 'part'].map((name) => ({ name, type: 'text', kind: 'regular' as const }));
    expect([...textsOfRow(columns, [1, '2001-01-09', '', null], SHAPE)]).toEqual([
      ['origin', ''],
      ['day', '2001-01-09'],
    ]);
    const computed = [{ name: 'origin', type: 'text', kind: 'computed' as const }];
    expect([...textsOfRow(computed, ['SEA'], SHAPE)]).toEqual([]);
  });
});

describe('a key as typed', () => {
  it('is a filter on each column of the partition key', () => {
    expect(readKey(SHAPE, texts({ origin: 'SEA', day: '2001-01-09', v: '1' }), 0)).toEqual({ filters: [ORIGIN, DAY] });
    expect(readKey(SHAPE, texts({ origin: '', day: '2001-01-09' }), 0)).toEqual({
      filters: [{ ...ORIGIN, value: '' }, DAY],
    });
  });

  it('names each column that is missing or wrong', () => {
    expect(readKey(SHAPE, texts({ day: 'today' }), 0)).toEqual({
      problems: [
        { column: 'origin', kind: 'missing', text: 'origin is missing' },
        { column: 'day', kind: 'wrong', text: expect.stringMatching(/^day: /) },
      ],
    });
  });

  it('takes clustering columns from the first on, as many as are filled in', () => {
    const whole = { origin: 'SEA', day: '2001-01-09' };
    expect(readKey(SHAPE, texts({ ...whole, seat: '7' }), 2)).toEqual({ filters: [ORIGIN, DAY, SEAT] });
    expect(readKey(SHAPE, texts({ ...whole, seat: '7' }), 0)).toEqual({ filters: [ORIGIN, DAY] });
    expect(readKey(SHAPE, texts(whole), 2)).toEqual({ filters: [ORIGIN, DAY] });
    expect(readKey(SHAPE, texts({ ...whole, part: '1.5' }), 2)).toEqual({
      problems: [{ column: 'seat', kind: 'missing', text: 'seat is missing' }],
    });
  });
});
