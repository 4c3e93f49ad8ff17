import { describe, expect, it } from 'vitest';
import type { Filter } from '@/lib/contract/filters';
import { parseCqlType } from '@/lib/cql/type-text';
import { typedText } from './filter-text';
import { parseTyped, valuePlaceholder } from './filter-value';

const typed = (text: string, type: string, operator: Filter['operator'] = '=') =>
  parseTyped(text, parseCqlType(type), operator);

describe('a filter’s value as it is typed', () => {
  it.each([
    [' SEA ', 'text', '=', ' SEA '],
    [' 42 ', 'int', '=', 42],
    ['9223372036854775807', 'bigint', '<', '9223372036854775807'],
    ['1.50', 'decimal', '=', '1.50'],
    ['true', 'boolean', '=', true],
    ['2001-01-09', 'date', '>=', '2001-01-09'],
    ['SEA, PDX', 'text', 'IN', ['SEA', 'PDX']],
    ['["a,b", "c"]', 'text', 'IN', ['a,b', 'c']],
    ['1,2', 'int', 'IN', [1, 2]],
    ['late', 'set<text>', 'CONTAINS', 'late'],
    ['x', 'map<text, int>', 'CONTAINS KEY', 'x'],
    ['[1, 2]', 'frozen<list<int>>', '=', [1, 2]],
  ] as const)('%j as %s %s', (text, type, operator, value) => {
    expect(typed(text, type, operator)).toEqual({ value });
  });

  it.each([
    ['4x', 'int', '='],
    ['', 'int', '='],
    ['2147483648', 'int', '='],
    ['yes', 'boolean', '='],
    ['nope', 'uuid', '='],
    ['{', 'frozen<list<int>>', '='],
    ['1, b', 'int', 'IN'],
    ['[1, 2', 'int', 'IN'],
  ] as const)('refuses %j as %s %s and says why', (text, type, operator) => {
    expect(typed(text, type, operator)).toEqual({ problem: expect.stringMatching(/\w/) });
  });

  it('can be edited again', () => {
    expect(typedText(['SEA', 'PDX'], 'IN')).toBe('SEA, PDX');
    expect(typedText(['a,b'], 'IN')).toBe('["a,b"]');
    expect(typedText(42, '=')).toBe('42');
    expect(typedText(null, '=')).toBe('null');
  });

  it('shows what to type', () => {
    expect(valuePlaceholder(parseCqlType('date'), 'IN')).toBe('2001-01-09, …');
    expect(valuePlaceholder(parseCqlType('set<int>'), 'CONTAINS')).toBe('42');
  });
});
