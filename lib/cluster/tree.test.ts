import { describe, expect, it } from 'vitest';
import type { Keyspace } from '@/lib/contract/schema';
import { keyspaceId, SYSTEM_GROUP, type TreeRow, treeKey, treeRows } from './tree';

function keyspace(name: string, tables: string[], system = false): Keyspace {
  return {
    name,
    system,
    virtual: false,
    durableWrites: true,
    replication: {},
    types: [],
    functions: [],
    tables: tables.map((table) => ({
      name: table,
      id: null,
      kind: 'table',
      baseTable: null,
      comment: '',
      columns: [],
      indexes: [],
    })),
  };
}

const SCHEMA = [
  keyspace('system', ['local', 'peers'], true),
  keyspace('nature', ['birds']),
  keyspace('flights', ['by_route', 'airports']),
  keyspace('system_auth', ['roles'], true),
  keyspace('bare', []),
];

const shape = (rows: readonly TreeRow[]) => rows.map((row) => `${'  '.repeat(row.level - 1)}${row.label}`);

describe('the keyspace tree', () => {
  it('opens a small schema, sorts it, and folds what Cassandra keeps', () => {
    expect(shape(treeRows(SCHEMA, {}, ''))).toEqual([
      'bare',
      'flights',
      '  airports',
      '  by_route',
      'nature',
      '  birds',
      'system (2)',
    ]);
  });

  it('keeps what the person opened and closed', () => {
    const open = { [keyspaceId('flights')]: false, [keyspaceId('nature')]: false, [SYSTEM_GROUP]: true };
    expect(shape(treeRows(SCHEMA, open, ''))).toEqual([
      'bare',
      'flights',
      'nature',
      'system (2)',
      '  system',
      '  system_auth',
    ]);
  });

  it('starts closed when there is more than fits a glance', () => {
    const large = [
      keyspace(
        'big',
        Array.from({ length: 31 }, (_, index) => `t${index}`),
      ),
    ];
    expect(shape(treeRows(large, {}, ''))).toEqual(['big']);
  });

  it('shows every match of a filter, also inside what is closed', () => {
    expect(shape(treeRows(SCHEMA, { [SYSTEM_GROUP]: false }, 'AUTH'))).toEqual([
      'system (1)',
      '  system_auth',
      '    roles',
    ]);
    expect(shape(treeRows(SCHEMA, {}, 'flights.by'))).toEqual(['flights', '  by_route']);
    expect(treeRows(SCHEMA, {}, 'no such table')).toEqual([]);
  });

  it('tells position and size of each set, and openness only where something is inside', () => {
    const rows = treeRows(SCHEMA, {}, '');
    expect(rows.map((row) => `${row.positionInSet}/${row.setSize}`)).toEqual([
      '1/4',
      '2/4',
      '1/2',
      '2/2',
      '3/4',
      '1/1',
      '4/4',
    ]);
    expect(rows.map((row) => row.open)).toEqual([undefined, true, undefined, undefined, true, undefined, false]);
  });
});

describe('keys in the tree', () => {
  const rows = treeRows(SCHEMA, {}, '');
  const FLIGHTS = 1;
  const BY_ROUTE = 3;
  const SYSTEM = 6;

  it('moves up and down and stops at the ends', () => {
    expect(treeKey('ArrowDown', rows, FLIGHTS)).toEqual({ focus: 2 });
    expect(treeKey('ArrowUp', rows, 0)).toEqual({ focus: 0 });
    expect(treeKey('ArrowDown', rows, SYSTEM)).toEqual({ focus: SYSTEM });
    expect(treeKey('End', rows, 0)).toEqual({ focus: SYSTEM });
    expect(treeKey('Home', rows, SYSTEM)).toEqual({ focus: 0 });
  });

  it('right opens, then enters; left closes, or goes to the parent', () => {
    expect(treeKey('ArrowRight', rows, SYSTEM)).toEqual({ toggle: SYSTEM_GROUP, open: true });
    expect(treeKey('ArrowRight', rows, FLIGHTS)).toEqual({ focus: 2 });
    expect(treeKey('ArrowRight', rows, BY_ROUTE)).toBeUndefined();
    expect(treeKey('ArrowLeft', rows, BY_ROUTE)).toEqual({ focus: FLIGHTS });
    expect(treeKey('ArrowLeft', rows, FLIGHTS)).toEqual({ toggle: keyspaceId('flights'), open: false });
  });

  it('a letter goes to the next line that starts with it, around the end', () => {
    expect(treeKey('b', rows, 0)).toEqual({ focus: BY_ROUTE });
    expect(treeKey('b', rows, 5)).toEqual({ focus: 0 });
    expect(treeKey('z', rows, 0)).toBeUndefined();
    expect(treeKey('Enter', rows, 0)).toBeUndefined();
  });
});
