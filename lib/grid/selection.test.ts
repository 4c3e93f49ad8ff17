import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  extendTo,
  includesCell,
  type Move,
  moveOfKey,
  moveSelection,
  selectCell,
  selectedRange,
  selectRows,
} from './selection';

const BOUNDS = { rows: 100, columns: 8, viewRows: 20 };
const plain = { ctrlKey: false, metaKey: false, altKey: false };

describe('selection', () => {
  it('starts at the first cell, and nowhere in an empty grid', () => {
    expect(moveSelection(null, 'down', BOUNDS, false)).toEqual(selectCell({ row: 0, column: 0 }));
    expect(moveSelection(null, 'down', { ...BOUNDS, rows: 0 }, false)).toBeNull();
  });

  it.each<[Move, number, number]>([
    ['up', 49, 3],
    ['down', 51, 3],
    ['left', 50, 2],
    ['right', 50, 4],
    ['page_up', 30, 3],
    ['page_down', 70, 3],
    ['row_start', 50, 0],
    ['row_end', 50, 7],
    ['first_row', 0, 3],
    ['last_row', 99, 3],
    ['first_cell', 0, 0],
    ['last_cell', 99, 7],
  ])('moves %s', (move, row, column) => {
    expect(moveSelection(selectCell({ row: 50, column: 3 }), move, BOUNDS, false)).toEqual(selectCell({ row, column }));
  });

  it('keeps its anchor while it is extended', () => {
    const start = selectCell({ row: 5, column: 5 });
    const up = moveSelection(moveSelection(start, 'up', BOUNDS, true), 'row_start', BOUNDS, true);
    expect(up && selectedRange(up)).toEqual({ firstRow: 4, lastRow: 5, firstColumn: 0, lastColumn: 5 });
    expect(extendTo(start, { row: 9, column: 1 }).anchor).toEqual({ row: 5, column: 5 });
    expect(selectedRange(selectRows(start, 8))).toEqual({ firstRow: 5, lastRow: 5, firstColumn: 0, lastColumn: 7 });
  });

  it('stays inside the grid, also when the grid has become smaller', () => {
    const cell = fc.record({ row: fc.nat(1_000), column: fc.nat(50) });
    const moves = fc.constantFrom<Move>(
      'up',
      'down',
      'left',
      'right',
      'page_up',
      'page_down',
      'last_cell',
      'first_cell',
    );
    fc.assert(
      fc.property(cell, moves, fc.boolean(), (at, move, extend) => {
        const moved = moveSelection(selectCell(at), move, BOUNDS, extend);
        const range = moved && selectedRange(moved);
        expect(range && range.firstRow >= 0 && range.lastRow < 100).toBe(true);
        expect(range && range.firstColumn >= 0 && range.lastColumn < 8).toBe(true);
      }),
    );
  });

  it('knows which cells are in it, whichever way it was extended', () => {
    const selection = { anchor: { row: 5, column: 1 }, active: { row: 3, column: 2 } };
    expect(includesCell(selection, { row: 4, column: 1 })).toBe(true);
    expect(includesCell(selection, { row: 3, column: 2 })).toBe(true);
    expect(includesCell(selection, { row: 6, column: 1 })).toBe(false);
    expect(includesCell(selection, { row: 4, column: 3 })).toBe(false);
  });

  it('reads keys as spreadsheets do', () => {
    expect(moveOfKey({ key: 'Home', ...plain })).toBe('row_start');
    expect(moveOfKey({ key: 'Home', ...plain, ctrlKey: true })).toBe('first_cell');
    expect(moveOfKey({ key: 'ArrowDown', ...plain, metaKey: true })).toBe('last_row');
    expect(moveOfKey({ key: 'ArrowDown', ...plain, altKey: true })).toBeUndefined();
    expect(moveOfKey({ key: 'a', ...plain })).toBeUndefined();
  });
});
