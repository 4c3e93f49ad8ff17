import { describe, expect, it } from 'vitest';
import type { Filter } from '@/lib/contract/filters';
import { jsonToCql } from '@/lib/wire/json-texts';
import { type TableShape, tableShape } from './schema-lookup';
import { displaySelect } from './select-builder';
import { shape as SHAPE } from './test-select-table';
import { whereFilters } from './where-filters';

const FLIGHTS: TableShape = tableShape(
  {
    kind: 'table',
    indexes: [],
    columns: [
      ['origin', 'text', 'partition_key', 0],
      ['day', 'date', 'partition_key', 1],
      ['departs', 'timestamp', 'clustering', 0],
      ['Gate', 'int', 'clustering', 1],
      ['tags', 'set<text>', 'regular', -1],
      ['marks', 'map<text, int>', 'regular', -1],
      ['id', 'uuid', 'regular', -1],
    ].map(([name, type, kind, position]) => ({
      name: String(name),
      type: String(type),
      kind: kind === 'partition_key' || kind === 'clustering' ? kind : 'regular',
      position: Number(position),
      clusteringOrder: 'asc',
    })),
  },
  'flights',
  () => [],
);

const of = (where: string) => whereFilters(`SELECT * FROM flights.t WHERE ${where}`, FLIGHTS);

describe('the WHERE of a SELECT as filters', () => {
  it.each<[string, readonly Filter[]]>([
    [
      "origin = 'SEA' AND day = '2001-01-09'",
      [
        { column: 'origin', operator: '=', value: 'SEA' },
        { column: 'day', operator: '=', value: '2001-01-09' },
      ],
    ],
    ["origin = 'O''Hare' LIMIT 5", [{ column: 'origin', operator: '=', value: "O'Hare" }]],
    ["origin IN ('SEA', 'a, b') ORDER BY departs", [{ column: 'origin', operator: 'IN', value: ['SEA', 'a, b'] }]],
    ['"Gate" >= -4', [{ column: 'Gate', operator: '>=', value: -4 }]],
    ["tags CONTAINS 'early' ALLOW FILTERING", [{ column: 'tags', operator: 'CONTAINS', value: 'early' }]],
    [
      "marks CONTAINS KEY 'a' and marks['b'] = 2",
      [
        { column: 'marks', operator: 'CONTAINS KEY', value: 'a' },
        { column: 'marks', key: 'b', operator: '=', value: 2 },
      ],
    ],
    [
      'token(origin, day) > -5 AND token(origin, day) <= 9',
      [
        { column: 'origin', operator: 'TOKEN >', value: '-5' },
        { column: 'origin', operator: 'TOKEN <=', value: '9' },
      ],
    ],
    [
      'id = 123e4567-e89b-12d3-a456-426614174000',
      [{ column: 'id', operator: '=', value: '123e4567-e89b-12d3-a456-426614174000' }],
    ],
  ])('%s', (where, filters) => {
    expect(of(where)?.filters).toEqual(filters);
  });

  it('says whether rows may be read and dropped, and is empty for a whole table', () => {
    expect(of("tags CONTAINS 'x' ALLOW FILTERING")?.filtering).toBe(true);
    expect(whereFilters('SELECT origin FROM t', FLIGHTS)).toEqual({ filters: [], filtering: false });
  });

  it.each([
    'SELECT count(*) FROM t',
    'SELECT DISTINCT origin, day FROM t',
    'SELECT JSON * FROM t',
    'SELECT origin FROM t GROUP BY origin, day',
    'INSERT INTO t (k) VALUES (1)',
    ...[
      'origin = ?',
      'origin = :origin',
      "origin = 'SEA' AND nothing = 1",
      'id = now()',
      "departs > '2001-01-09'",
      'origin IN ?',
      'token(day) > 1',
      'token(origin, day) >= 1',
      "origin != 'SEA'",
      '"Gate" = null',
      "(origin = 'SEA')",
    ].map((where) => `SELECT * FROM t WHERE ${where}`),
  ])('%s cannot be said by filters', (statement) => {
    expect(whereFilters(statement, FLIGHTS)).toBeNull();
  });

  it.each<Filter>([
    { column: 'c', tuple: ['d'], operator: '>', value: [1, 2] },
    {
      column: 'c',
      tuple: ['d'],
      operator: 'IN',
      value: [
        [1, 2],
        [3, 4],
      ],
    },
    { column: 'prefixed', operator: 'LIKE', value: 'x%' },
    { column: 'frozen', operator: '=', value: [[1, 2]] },
    { column: 'tags', operator: '=', value: [1, 2] },
    { column: 'B', operator: 'IN', value: [1, 2] },
    { column: 'note', operator: '<=', value: "a ' AND b = 'c" },
  ])('is what a view with $column $operator shows as its statement', (filter) => {
    const statement = displaySelect({ keyspace: 'k', table: 't', shape: SHAPE, filters: [filter] }, jsonToCql);
    expect(whereFilters(statement, SHAPE)?.filters).toEqual([filter]);
  });
});
