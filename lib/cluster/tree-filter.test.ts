import { describe, expect, it } from 'vitest';
import { matchesFilter } from './tree-filter';

describe('the filter of the tree', () => {
  it.each([
    ['', true],
    ['FLIGHTS', true],
    [' by_or ', true],
    ['flights.by_o', true],
    ['s.by', true],
    ['airports', false],
    ['by_origin_day.flights', false],
  ])('%s shows flights.by_origin_day: %s', (filter, shown) => {
    expect(matchesFilter('flights', 'by_origin_day', filter)).toBe(shown);
  });
});
