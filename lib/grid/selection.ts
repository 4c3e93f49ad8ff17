export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells between `anchor` and `active`, both inside the bounds it was made with. `active` has the focus. */
export interface Selection {
  readonly anchor: CellPosition;
  readonly active: CellPosition;
}

export interface GridBounds {
  readonly rows: number;
  readonly columns: number;
  /** Rows that one press of Page Down goes. */
  readonly viewRows: number;
}

/** First and last are inclusive. */
export interface CellRange {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

export type Move =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'page_up'
  | 'page_down'
  | 'row_start'
  | 'row_end'
  | 'first_row'
  | 'last_row'
  | 'first_cell'
  | 'last_cell';

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const PLAIN: Readonly<Record<string, Move>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  PageUp: 'page_up',
  PageDown: 'page_down',
  Home: 'row_start',
  End: 'row_end',
};

const WITH_CONTROL: Readonly<Record<string, Move>> = {
  ArrowUp: 'first_row',
  ArrowDown: 'last_row',
  ArrowLeft: 'row_start',
  ArrowRight: 'row_end',
  Home: 'first_cell',
  End: 'last_cell',
};

/** The move that a key asks for, with Control, or Command on a Mac, as spreadsheets have it. */
export function moveOfKey({ key, ctrlKey, metaKey, altKey }: KeyPress): Move | undefined {
  if (altKey) return undefined;
  return ctrlKey || metaKey ? WITH_CONTROL[key] : PLAIN[key];
}

/** `selection` after a move; null only when there is no cell. The first move selects the first cell. */
export function moveSelection(
  selection: Selection | null,
  move: Move,
  bounds: GridBounds,
  extend: boolean,
): Selection | null {
  if (bounds.rows === 0 || bounds.columns === 0) return null;
  if (selection === null) return selectCell({ row: 0, column: 0 });
  const active = clampCell(target(selection.active, move, bounds), bounds);
  return extend ? { anchor: clampCell(selection.anchor, bounds), active } : selectCell(active);
}

function target({ row, column }: CellPosition, move: Move, { rows, columns, viewRows }: GridBounds): CellPosition {
  switch (move) {
    case 'up':
      return { row: row - 1, column };
    case 'down':
      return { row: row + 1, column };
    case 'left':
      return { row, column: column - 1 };
    case 'right':
      return { row, column: column + 1 };
    case 'page_up':
      return { row: row - viewRows, column };
    case 'page_down':
      return { row: row + viewRows, column };
    case 'row_start':
      return { row, column: 0 };
    case 'row_end':
      return { row, column: columns - 1 };
    case 'first_row':
      return { row: 0, column };
    case 'last_row':
      return { row: rows - 1, column };
    case 'first_cell':
      return { row: 0, column: 0 };
    case 'last_cell':
      return { row: rows - 1, column: columns - 1 };
    default:
      return move satisfies never;
  }
}

export function selectCell(cell: CellPosition): Selection {
  return { anchor: cell, active: cell };
}

/** From where the selection began to `cell`, as a click with shift does. */
export function extendTo(selection: Selection | null, cell: CellPosition): Selection {
  return selection === null ? selectCell(cell) : { anchor: selection.anchor, active: cell };
}

/** The selection widened to whole rows. */
export function selectRows({ anchor, active }: Selection, columns: number): Selection {
  return { anchor: { row: anchor.row, column: columns - 1 }, active: { row: active.row, column: 0 } };
}

/** The selection widened to whole columns, as far as there are rows. */
export function selectColumns({ anchor, active }: Selection, rows: number): Selection {
  return { anchor: { row: rows - 1, column: anchor.column }, active: { row: 0, column: active.column } };
}

/** Every cell; null when there is none. */
export function selectAll({ rows, columns }: Omit<GridBounds, 'viewRows'>): Selection | null {
  if (rows === 0 || columns === 0) return null;
  return { anchor: { row: rows - 1, column: columns - 1 }, active: { row: 0, column: 0 } };
}

export function isOneCell({ anchor, active }: Selection): boolean {
  return anchor.row === active.row && anchor.column === active.column;
}

export function selectedRange({ anchor, active }: Selection): CellRange {
  return {
    firstRow: Math.min(anchor.row, active.row),
    lastRow: Math.max(anchor.row, active.row),
    firstColumn: Math.min(anchor.column, active.column),
    lastColumn: Math.max(anchor.column, active.column),
  };
}

/** Whether a cell is among those selected. */
export function includesCell(selection: Selection, { row, column }: CellPosition): boolean {
  const { firstRow, lastRow, firstColumn, lastColumn } = selectedRange(selection);
  return row >= firstRow && row <= lastRow && column >= firstColumn && column <= lastColumn;
}

function clampCell({ row, column }: CellPosition, { rows, columns }: Omit<GridBounds, 'viewRows'>): CellPosition {
  return { row: clamp(row, rows), column: clamp(column, columns) };
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(value, count - 1));
}

/** The same cells where `by` rows were put before all others. */
export function shiftRows({ anchor, active }: Selection, by: number): Selection {
  return { anchor: { ...anchor, row: anchor.row + by }, active: { ...active, row: active.row + by } };
}
