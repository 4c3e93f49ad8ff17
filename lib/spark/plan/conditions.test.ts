import { describe, expect, it } from 'vitest';
import type { Filter } from '@/lib/contract/filters';
import { conditionOf } from './conditions';
import { tableOf } from './test-tables';

const TABLE = tableOf(
  [
    'id uuid',
    'day date',
    'name text',
    'n bigint',
    'd decimal',
    'tags set<text>',
    'm map<text, int>',
    'b blob',
    't time',
  ],
  1,
  1,
);

describe('filters as a condition of Spark SQL', () => {
  const CASES: readonly (readonly [string, Filter])[] = [
    ["`name` = 'it\\'s \\\\ a \\n'", { column: 'name', operator: '=', value: "it's \\ a \n" }],
    ["`n` >= CAST('9007199254740993' AS BIGINT)", { column: 'n', operator: '>=', value: '9007199254740993' }],
    ["`d` < CAST('1.10' AS DECIMAL(38,18))", { column: 'd', operator: '<', value: '1.10' }],
    ["`day` = CAST('2001-01-09' AS DATE)", { column: 'day', operator: '=', value: '2001-01-09' }],
    ["`name` IN ('a', 'b')", { column: 'name', operator: 'IN', value: ['a', 'b'] }],
    ["`name` LIKE '10\\\\_%'", { column: 'name', operator: 'LIKE', value: '10_%' }],
    ["array_contains(`tags`, 'x')", { column: 'tags', operator: 'CONTAINS', value: 'x' }],
    ["map_contains_key(`m`, 'x')", { column: 'm', operator: 'CONTAINS KEY', value: 'x' }],
    ["try_element_at(`m`, 'x') = CAST('1' AS INT)", { column: 'm', operator: '=', key: 'x', value: 1 }],
  ];

  it.each(CASES)('%s', (sql, filter) => {
    expect(conditionOf([filter], TABLE)).toBe(sql);
  });

  it('are joined, or none', () => {
    const filter: Filter = { column: 'name', operator: '=', value: 'a' };
    expect(conditionOf([filter, filter], TABLE)).toBe("`name` = 'a' AND `name` = 'a'");
    expect(conditionOf([], TABLE)).toBeNull();
  });

  it.each<Filter>([
    { column: 'id', operator: '>', value: '00000000-0000-0000-0000-000000000000' },
    { column: 'id', operator: 'TOKEN >', value: '1' },
    { column: 'b', operator: '=', value: '0x00' },
    { column: 't', operator: '=', value: '12:00:00' },
    { column: 'none', operator: '=', value: 1 },
    { column: 'day', tuple: ['name'], operator: '>', value: ['2001-01-09', 'a'] },
  ])('refuses %o', (filter) => {
    expect(() => conditionOf([filter], TABLE)).toThrow(/Spark|no column/);
  });
});
