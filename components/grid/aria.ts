/**
 * The ARIA grid pattern on plain boxes, in one place: table elements laid out as boxes lose their meaning in some
 * browsers. The grid itself has the focus and names its active cell, so no part of it is focusable.
 */

/** The header is row 1 of the grid, so the first row of data is row 2. */
const FIRST_DATA_ROW = 2;

export function cellId(gridId: string, row: number, column: number): string {
  return `${gridId}-${row}-${column}`;
}

export function headerId(gridId: string, column: number): string {
  return `${gridId}-head-${column}`;
}

/** `rowCount` null: not known yet. `activeCell`: the id of the active cell, where it is drawn. */
export function gridAria(label: string, rowCount: number | null, columns: number, activeCell: string | undefined) {
  return {
    role: 'grid',
    tabIndex: 0,
    'aria-label': label,
    'aria-rowcount': rowCount === null ? -1 : rowCount + 1,
    'aria-colcount': columns,
    'aria-multiselectable': true,
    'aria-activedescendant': activeCell,
  } as const;
}

export const groupAria = { role: 'rowgroup' } as const;
export const headerRowAria = { role: 'row', 'aria-rowindex': 1 } as const;

/** Named by its face alone: its menu's button has its own name. */
export function headerAria(gridId: string, column: number, sorted: 'ascending' | 'descending' | undefined) {
  const id = headerId(gridId, column);
  const name = { 'aria-labelledby': faceId(id) };
  return { role: 'columnheader', id, 'aria-colindex': column + 1, 'aria-sort': sorted, ...name } as const;
}

/** What a header's name is read from. */
export function faceId(headId: string): string {
  return `${headId}-face`;
}

/**
 * A row is drawn in two boxes. The one that stays in view is the row; it owns the box of the cells that scroll, which has
 * no role, so that assistive technology finds one row with all its cells in order.
 */
export function rowAria(row: number, restId: string) {
  return { role: 'row', 'aria-rowindex': row + FIRST_DATA_ROW, 'aria-owns': restId } as const;
}

/** The box of a row's cells that scroll. */
export function restAria(restId: string) {
  return { role: 'presentation', id: restId } as const;
}

/** Named by the element, not by the row it shows at the moment: it stays as it is while rows scroll by. */
export function restId(gridId: string, elementKey: number): string {
  return `${gridId}-rest-${elementKey}`;
}

export function cellAria(column: number, selected: boolean) {
  return { role: 'gridcell', 'aria-colindex': column + 1, 'aria-selected': selected } as const;
}
