import { describe, expect, it } from 'vitest';
import type { Keyspace, TableColumn } from '@/lib/contract/schema';
import { firstTable } from './first-table';

const column = (name: string, kind: TableColumn['kind'], position = 0): TableColumn => {
  return { name, type: 'text', kind, position, clusteringOrder: 'none' };
};

function table(
  name: string,
  columns: TableColumn[] = [],
  kind: 'table' | 'view' = 'table',
): Keyspace['tables'][number] {
  return { name, kind, id: null, baseTable: null, comment: '', columns, indexes: [] };
}

function keyspace(name: string, tables: Keyspace['tables'], system = false): Keyspace {
  return { name, system, tables, virtual: false, durableWrites: true, replication: {}, types: [], functions: [] };
}

const named = (keyspaces: readonly Keyspace[]) => {
  const found = firstTable(keyspaces);
  return found && `${found.keyspace}.${found.table.name}`;
};

describe('the table to begin with', () => {
  it('is the first by name of people’s own, and never a view beside tables', () => {
    const system = keyspace('a_system', [table('local')], true);
    const own = [keyspace('b_empty', []), keyspace('c', [table('y'), table('x', [], 'view'), table('z')])];
    expect(named([...own, system])).toBe('c.y');
    expect(named([system])).toBeUndefined();
    expect(named([])).toBeUndefined();
  });

  it('is one that shows more of Cassandra: rows in an order, then a partition key of several columns', () => {
    const plain = table('a', [column('id', 'partition_key')]);
    const ordered = table('b', [column('id', 'partition_key'), column('at', 'clustering')]);
    const whole = table('c', [
      column('id', 'partition_key'),
      column('day', 'partition_key', 1),
      column('at', 'clustering'),
    ]);
    const quoted = table('D', whole.columns);
    expect(named([keyspace('k', [plain, ordered])])).toBe('k.b');
    expect(named([keyspace('k', [quoted, whole, ordered, plain])])).toBe('k.c');
    expect(named([keyspace('one', [ordered]), keyspace('two', [whole])])).toBe('two.c');
  });
});
