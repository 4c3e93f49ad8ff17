import { describe, expect, it } from 'vitest';
import { filterAdvice } from './filter-advice';
import type { ColumnShape, SchemaLookup, TableShape } from './schema-lookup';
import type { NativeTypeName } from './types';

const column = (name: string, kind: ColumnShape['kind'], type: NativeTypeName = 'int'): ColumnShape => ({
  name,
  kind,
  type: { kind: 'native', name: type },
  clusteringOrder: kind === 'clustering' ? 'asc' : 'none',
});
const table: TableShape = {
  partitionKey: ['p', 'q'],
  clusteringKey: ['a', 'b'],
  columns: [
    column('p', 'partition_key'),
    column('q', 'partition_key'),
    column('a', 'clustering'),
    column('b', 'clustering'),
    column('v', 'regular'),
    column('t', 'regular', 'text'),
    column('d', 'regular', 'duration'),
    {
      name: 'l',
      kind: 'regular',
      type: { kind: 'list', of: { kind: 'native', name: 'int' } },
      clusteringOrder: 'none',
    },
    {
      name: 'm',
      kind: 'regular',
      type: { kind: 'map', key: { kind: 'native', name: 'int' }, value: { kind: 'native', name: 'int' } },
      clusteringOrder: 'none',
    },
  ],
  indexes: [],
  isVirtual: false,
  isView: false,
};
const schema: SchemaLookup = {
  table: (keyspace, name) => (keyspace === 'k' && name === 't' ? table : undefined),
  isAggregate: () => false,
  keyspace: () => undefined,
};
const adviceOn = (where: string, after = '') =>
  filterAdvice(`SELECT * FROM t WHERE ${where}${after}`, { keyspace: 'k', schema });

describe('advice on a filter', () => {
  it.each([
    ['p = 1', 'also needs q', true],
    ['p = 1 AND q = 1 AND b = 2', 'also needs a', true],
    ['p = 1 AND q = 1 AND a > 1 AND b = 2', 'b can be filtered only where a has one value (= or IN)', true],
    ['a = 1', 'also needs p and q', true],
    ['v = 1', 'v is not in the key and has no index', true],
    ['p = 1 AND q = 1 AND v IN (1, 2)', 'v is not in the key and has no index', true],
    ['p > 1 AND q = 1', 'p is part of the partition key: it takes only = and IN', true],
    ['l CONTAINS 1', 'l is not in the key and has no index', true],
    ["t LIKE 'a%'", 'LIKE needs a SASI index on t', false],
    ['d > 3s', 'd is not in the key and has no index', false],
    ['v = 1 AND v = 2', 'v is filtered twice', false],
    ['m CONTAINS KEY 1 AND m = {1: 1}', 'm is filtered both as a whole and by its elements', false],
    ['m > {1: 1} AND m CONTAINS 1', 'm is filtered both as a whole and by its elements', false],
    ['m CONTAINS 1 AND m CONTAINS KEY 1', 'm is not in the key and has no index', true],
    ['nothing = 1', 'there is no column nothing', false],
    ['token(p, q) > 0 AND v = 1', 'v is not in the key and has no index', true],
  ])('%s: %s', (where, problem, isFilterable) => {
    expect(adviceOn(where)).toEqual({ problem, isFilterable });
    expect(adviceOn(where, ' ALLOW FILTERING')).toEqual({ problem, isFilterable: false });
  });

  it.each(['p = 1 AND q = 1', 'p = 1 AND q IN (1, 2) AND a = 1 AND b > 2', 'v != 3', 'v = '])(
    'is none on %s',
    (where) => {
      expect(adviceOn(where)).toBeNull();
    },
  );
});
