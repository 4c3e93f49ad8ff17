import { describe, expect, it } from 'vitest';
import { CONSISTENCY_LEVELS } from '@/lib/contract/common';
import { classify } from './classifier';
import { consistencyProblem } from './consistency-rules';
import type { SchemaLookup, TableShape } from './schema-lookup';

const INT = { kind: 'native', name: 'int' } as const;
const table: TableShape = {
  partitionKey: ['k'],
  clusteringKey: ['c'],
  columns: [
    { name: 'k', kind: 'partition_key', type: INT, clusteringOrder: 'none' },
    { name: 'c', kind: 'clustering', type: INT, clusteringOrder: 'asc' },
    { name: 'v', kind: 'regular', type: INT, clusteringOrder: 'none' },
  ],
  indexes: [],
  isVirtual: false,
  isView: false,
};
const schema: SchemaLookup = {
  table: (_, name) => (name === 't' ? table : undefined),
  isAggregate: () => false,
  keyspace: () => undefined,
};
const problemOf = (statement: string, level: (typeof CONSISTENCY_LEVELS)[number]) =>
  consistencyProblem(level, classify(statement, { keyspace: 'ks', schema }))?.message;

describe('a consistency level', () => {
  it.each(['SERIAL', 'LOCAL_SERIAL'] as const)('%s only reads one partition', (level) => {
    for (const fits of [
      'SELECT * FROM t WHERE k = 1',
      'SELECT count(*) FROM t WHERE k = 1 AND c > 2',
      'SELECT * FROM t WHERE k = 1 AND v = 2 ALLOW FILTERING',
      'DESCRIBE KEYSPACES',
    ]) {
      expect(problemOf(fits, level), fits).toBeUndefined();
    }
    for (const [statement, reason] of [
      ['SELECT * FROM t', 'this reads more'],
      ['SELECT * FROM t WHERE k IN (1, 2)', 'this reads more'],
      ['SELECT * FROM t WHERE token(k) > 3', 'this reads more'],
      ['SELECT * FROM t WHERE v = 2 ALLOW FILTERING', 'this reads more'],
      ['SELECT * FROM nowhere WHERE k = 1', 'may read more'],
      ['SELECT * FROM system.local', 'reports about itself'],
      ['INSERT INTO t (k, c) VALUES (1, 2)', 'level for reads'],
      ['UPDATE t SET v = 1 WHERE k = 1 AND c = 2 IF v = 0', 'level for reads'],
      ['BEGIN BATCH INSERT INTO t (k, c) VALUES (1, 2) APPLY BATCH', 'level for reads'],
      ['TRUNCATE t', 'level for reads'],
    ] as const) {
      expect(problemOf(statement, level), statement).toContain(reason);
    }
  });

  it('ANY is for writes, but cannot be sent for them either', () => {
    expect(problemOf('SELECT * FROM t WHERE k = 1', 'ANY')).toContain('for writes only');
    expect(problemOf('INSERT INTO t (k, c) VALUES (1, 2)', 'ANY')).toContain('would send ONE');
  });

  it('of any other name fits every statement', () => {
    const others = CONSISTENCY_LEVELS.filter((level) => !/SERIAL|ANY/.test(level));
    expect(others).toHaveLength(8);
    for (const level of others) expect(problemOf('SELECT * FROM t', level)).toBeUndefined();
  });
});
