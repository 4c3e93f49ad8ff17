import { describe, expect, it } from 'vitest';
import type { Keyspace, Table, TableColumn } from '@/lib/contract/schema';
import { schemaLookup, udtLookup } from './schema-lookup';

const column = (name: string, type: string, more: Partial<TableColumn> = {}): TableColumn => {
  return { name, type, kind: 'regular', position: -1, clusteringOrder: 'none', ...more };
};
const index = (name: string, target: string, className: string | null = null) => {
  return { name, target, className, kind: className === null ? 'COMPOSITES' : 'CUSTOM' };
};
const table: Table = {
  name: 'T',
  id: null,
  kind: 'table',
  baseTable: null,
  comment: '',
  columns: [
    column('k2', 'int', { kind: 'partition_key', position: 1 }),
    column('k1', 'int', { kind: 'partition_key', position: 0 }),
    column('c', 'int', { kind: 'clustering', position: 0, clusteringOrder: 'desc' }),
    column('home', 'frozen<address>'),
    column('Odd(name)', 'text'),
    column('tags', 'set<text>'),
    column('frozen', 'frozen<set<text>>'),
    column('attrs', 'map<text, int>'),
  ],
  indexes: [
    index('a', '"Odd(name)"'),
    index('b', 'tags', 'StorageAttachedIndex'),
    index('c', 'full(frozen)'),
    index('d', 'entries(attrs)', 'org.apache.cassandra.index.sai.StorageAttachedIndex'),
    index('e', 'c', 'org.apache.cassandra.index.sasi.SASIIndex'),
    index('f', 'c', 'com.example.Odd'),
    index('g', 'values(tags)'),
    index('h', 'Odd(name)'),
    {
      ...index('i', 'tags', 'org.apache.cassandra.index.sasi.SASIIndex'),
      options: { mode: 'CONTAINS', analyzer_class: 'org.apache.cassandra.index.sasi.analyzer.StandardAnalyzer' },
    },
  ],
};
const keyspaces: Keyspace[] = [
  {
    name: 'ks',
    system: false,
    virtual: false,
    durableWrites: true,
    replication: {},
    tables: [table],
    types: [
      { name: 'address', fields: [{ name: 'lines', type: 'list<frozen<line>>' }] },
      { name: 'line', fields: [{ name: 'text', type: 'text' }] },
    ],
    functions: [{ name: 'median', kind: 'aggregate', argumentTypes: ['int'], returnType: 'int' }],
  },
];

describe('schemaLookup', () => {
  const shape = schemaLookup(keyspaces).table('ks', 'T');

  it('puts key columns in key order', () => {
    expect(shape?.partitionKey).toEqual(['k1', 'k2']);
    expect(shape?.clusteringKey).toEqual(['c']);
    expect(schemaLookup(keyspaces).table('ks', 't')).toBeUndefined();
  });

  it('reads user-defined types and those inside them', () => {
    expect(shape?.columns.find(({ name }) => name === 'home')?.type).toMatchObject({
      kind: 'udt',
      name: 'address',
      fields: [{ name: 'lines', type: { kind: 'list', of: { kind: 'udt', name: 'line' } } }],
    });
    expect(udtLookup(keyspaces)('ks', 'nothing')).toBeUndefined();
  });

  it('understands what an index covers', () => {
    expect(shape?.indexes).toEqual([
      { name: 'a', column: 'Odd(name)', kind: 'secondary', part: 'value' },
      { name: 'b', column: 'tags', kind: 'sai', part: 'values' },
      { name: 'c', column: 'frozen', kind: 'secondary', part: 'full' },
      { name: 'd', column: 'attrs', kind: 'sai', part: 'entries' },
      { name: 'e', column: 'c', kind: 'sasi', part: 'value', sasi: { mode: 'prefix', tokenized: false } },
      { name: 'f', column: 'c', kind: 'unknown', part: 'value' },
      { name: 'g', column: 'tags', kind: 'secondary', part: 'values' },
      { name: 'h', column: 'Odd(name)', kind: 'secondary', part: 'value' },
      { name: 'i', column: 'tags', kind: 'sasi', part: 'values', sasi: { mode: 'contains', tokenized: true } },
    ]);
  });

  it('knows aggregates with and without their keyspace', () => {
    const { isAggregate } = schemaLookup(keyspaces);
    expect([isAggregate('ks', 'median'), isAggregate(undefined, 'median'), isAggregate('other', 'median')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('stops at endlessly nested types', () => {
    const types = Array.from({ length: 10_000 }, (_, at) => {
      return { name: `t${at}`, fields: [{ name: 'f', type: at === 0 ? 'int' : `frozen<t${at - 1}>` }] };
    });
    const fields = udtLookup([{ name: 'ks', types }])('ks', 't9999');
    expect(JSON.stringify(fields)).toContain('"custom"');
    expect(JSON.stringify(udtLookup([{ name: 'ks', types }])('ks', 't20'))).toContain('"int"');
  });
});
