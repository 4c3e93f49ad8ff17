import { describe, expect, it } from 'vitest';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { parseCqlType } from '@/lib/cql/type-text';
import { extrasWarning, withExtras } from './extra-columns';
import { smallestKeyColumn } from './key-columns';

const column = (name: string, type: string, kind: ColumnShape['kind']): ColumnShape => {
  return { name, kind, type: parseCqlType(type), clusteringOrder: 'none' };
};
const table = (partitionKey: string[], clusteringKey: string[], columns: ColumnShape[]): TableShape => {
  return { partitionKey, clusteringKey, columns, indexes: [], isVirtual: false, isView: false };
};

describe('the key column read by a count', () => {
  it('is the one with the shortest values', () => {
    const columns = [
      column('name', 'text', 'partition_key'),
      column('at', 'timestamp', 'clustering'),
      column('day', 'date', 'clustering'),
      column('flag', 'boolean', 'regular'),
    ];
    expect(smallestKeyColumn(table(['name'], ['at', 'day'], columns))).toBe('day');
    expect(smallestKeyColumn(table(['name'], [], columns))).toBe('name');
    expect(smallestKeyColumn(undefined)).toBeNull();
  });
});

describe('TTL and write time', () => {
  const columns = [
    column('id', 'int', 'partition_key'),
    column('Name', 'text', 'regular'),
    column('shared', 'text', 'static'),
    column('tags', 'set<text>', 'regular'),
    column('fixed', 'frozen<set<text>>', 'regular'),
    column('hits', 'counter', 'regular'),
    column('at', 'vector<float, 3>', 'regular'),
  ];

  it('follow each column that has them, and columns without them are named', () => {
    const selection = withExtras(columns, { ttl: true, writetime: true });
    expect(selection.selectors).toEqual([
      ...['id', '"Name"', 'ttl("Name")', 'writetime("Name")', 'shared', 'ttl(shared)', 'writetime(shared)'],
      ...['tags', 'fixed', 'ttl(fixed)', 'writetime(fixed)', 'hits', 'at', 'ttl(at)', 'writetime(at)'],
    ]);
    expect(extrasWarning(selection)).toContain('tags, hits');
  });

  it('are added only on request', () => {
    const [, name] = columns;
    expect(withExtras(name ? [name] : [], { ttl: false, writetime: true }).selectors).toEqual([
      '"Name"',
      'writetime("Name")',
    ]);
    expect(extrasWarning(withExtras([], { ttl: true, writetime: true }))).toBeNull();
  });
});
