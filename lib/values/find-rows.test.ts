import { describe, expect, it } from 'vitest';
import type { Row } from '@/lib/client/stream-events';
import { parseCqlType } from '@/lib/cql/type-text';
import { emptyWindow, windowReducer } from '@/lib/grid/page-window';
import { type FoundCell, findInRows, NOWHERE, stepFrom } from './find-rows';

const TYPES = [parseCqlType('int'), parseCqlType('text'), parseCqlType('set<text>')];
const ROWS: readonly Row[] = [
  [10, 'Seattle', null],
  [11, 'sea\nside', ['low', 'SEA']],
  [12, null, []],
];

function windowOf(pages: readonly (readonly Row[])[]) {
  return pages.reduce(
    (window, rows) =>
      windowReducer(window, {
        type: 'append',
        page: { rows: rows.length, bytes: 1, share: null, lead: null, kept: rows },
        next: { kind: 'cursor', cursor: 'next' },
      }),
    emptyWindow<Row>({ kind: 'start' }),
  );
}

function find(needle: string, sources = [0, 1, 2], window = windowOf([ROWS])): FoundCell[] {
  return [...findInRows(window, sources, TYPES, needle)].flat();
}

describe('finding in loaded rows', () => {
  it('looks into every shown value, whatever the case, in the order shown', () => {
    expect(find('sea')).toEqual([
      { row: 0, source: 1 },
      { row: 1, source: 1 },
      { row: 1, source: 2 },
    ]);
    expect(find('sea', [2, 1]).map(({ source }) => source)).toEqual([1, 2, 1]);
    expect(find('1', [0])).toHaveLength(3);
    expect(find('null')).toEqual([]);
  });

  it('looks through every page in memory, a step at a time', () => {
    const pages = Array.from({ length: 3 }, (_, page) =>
      Array.from({ length: 300 }, (_, row) => [page * 300 + row, 'x', null]),
    );
    const window = windowOf(pages);
    expect(find('899', [0], window)).toEqual([{ row: 899, source: 0 }]);
    expect([...findInRows(window, [1], TYPES, 'x')].length).toBeGreaterThan(3);
    const without = { ...window, loaded: new Map([...window.loaded].filter(([page]) => page !== 1)) };
    expect(find('x', [1], without)).toHaveLength(600);
  });

  it('goes round both ends', () => {
    const found = find('sea');
    expect([stepFrom(found, NOWHERE, 1), stepFrom(found, NOWHERE, -1)]).toEqual([0, 2]);
    expect([stepFrom(found, 2, 1), stepFrom(found, 0, -1), stepFrom(found, 0, 1)]).toEqual([0, 2, 1]);
    expect(stepFrom([], NOWHERE, 1)).toBe(NOWHERE);
  });
});
