import type { CSSProperties, KeyboardEvent, ReactNode } from 'react';
import type { RowView } from '@/lib/grid/page-window';
import type { Selection } from '@/lib/grid/selection';

/** Height of a row and of the header with its two lines, in CSS pixels. */
export const ROW_PX = 28;
export const HEADER_PX = 44;
/** Width of the strip before the first column, by which whole rows are selected. */
export const GUTTER_PX = 16;

/** A column where it is shown. Columns that stay in view come first. */
export interface GridColumn {
  /** Unique within the grid; two columns may have one name. */
  readonly key: string;
  /** Which of a row's values it shows. */
  readonly source: number;
  readonly name: string;
  /** The small second line of the header. */
  readonly note: string;
  /** Marks beside the name. They carry their own words for screen readers. */
  readonly marks?: ReactNode;
  readonly align: 'start' | 'end';
  readonly widthPx: number;
  /** Stays in view while the grid scrolls sideways, as far as there is room. */
  readonly pinned: boolean;
  /** Which way the rows are sorted by it, where they are. */
  readonly sorted?: 'ascending' | 'descending' | undefined;
}

/** The cells of a row; `undefined`: not in memory (yet), `null`: the row is gone. */
export type GridRow<Value> = readonly Value[] | null | undefined;

/** A place of the horizontal window: a column and where it lies. */
export interface ColumnPosition {
  readonly index: number;
  readonly startPx: number;
  readonly widthPx: number;
}

/** The columns to draw: those that stay in view, and those that scroll. */
export interface ColumnViewport {
  readonly stuck: readonly ColumnPosition[];
  /** Width of those that stay in view, the gutter included. */
  readonly stuckPx: number;
  readonly loose: readonly ColumnPosition[];
  /** Width of all columns, the gutter included. */
  readonly totalPx: number;
  /** The last of those that stay in view while others scroll under it; -1: all columns fit side by side. */
  readonly edge: number;
}

/** What a cell shows. */
export interface CellFace {
  readonly text: string;
  /** Drawn in place of the text where that is not what it looks like. */
  readonly content?: ReactNode;
  /** Sets it apart from what is a plain value. */
  readonly className?: string;
}

/** How a cell is set apart from others: what it says stays as it is. */
export interface CellLook {
  readonly className?: string;
  readonly style?: CSSProperties;
  readonly title?: string;
}

/** The look of a cell by row and by which value it shows; undefined: like any other. */
export type CellLooks = (row: number, source: number) => CellLook | undefined;

/** What a person does to the columns. Columns are meant by where they are shown. */
export interface ColumnActions {
  readonly resize: (column: number, widthPx: number) => void;
  /** Makes the column as wide as the rows in memory need. */
  readonly fit: (column: number) => void;
  readonly move: (column: number, to: number) => void;
  /** Sorts by the column, the next way. @param adds the columns that sort already stay */
  readonly sort: (column: number, adds: boolean) => void;
  /** Opens what can be done with the column. */
  readonly menu: (column: number) => void;
}

/** Where to scroll to when other rows are shown: `row` comes to the top of the view, or with `end` to its bottom. */
export interface Landing {
  /** Another number is another landing. */
  readonly id: number;
  readonly row: number;
  readonly end: boolean;
}

/** The rows of a grid, meant by their place in it. */
export interface GridRows<Value> {
  /** Rows that can be scrolled to. */
  readonly count: number;
  /** More rows exist, or may: the count is not the whole table's. */
  readonly open: boolean;
  /** Rows that were put before what was row 0 at first; the view stays where it is when it grows. */
  readonly front?: number | undefined;
  /** Where to scroll to when other rows are shown. */
  readonly landing?: Landing | undefined;
  readonly at: (row: number) => GridRow<Value>;
  /** Called with the rows that are drawn now, the few beyond the edges included. Another function is called at once. */
  readonly onView: (view: RowView) => void;
}

/** How the cells of a grid look. A function that changes draws every row again. */
export interface GridCells<Value> {
  /** What a cell shows, by its value and which of the row's values that is. */
  readonly faceOf: (value: Value, source: number) => CellFace;
  readonly looks?: CellLooks | undefined;
}

/** What is selected in a grid; its columns are meant by where they are shown. */
export interface GridSelection {
  readonly now: Selection | null;
  readonly change: (selection: Selection) => void;
}

/** A cell whose menu is wanted, and where on the screen to open it. */
export interface CellMenuPlace {
  readonly row: number;
  /** Where it is shown. */
  readonly column: number;
  /** From the top left corner of the window. */
  readonly xPx: number;
  readonly yPx: number;
}

/** What a person asks for on a grid, by keys or by a second press. */
export interface GridCommands {
  readonly inspect: () => void;
  /** The active row as a whole. */
  readonly record: () => void;
  /** What can be done with a cell. */
  readonly cellMenu: (place: CellMenuPlace) => void;
  readonly copy: () => void;
  readonly find: () => void;
  /** One step back: Escape. */
  readonly back: () => void;
  /** A second press on a cell; absent: it inspects. */
  readonly open?: (() => void) | undefined;
  /** Keys on the rows before the grid's own; true: it was one of them. */
  readonly keys?: ((event: KeyboardEvent) => boolean) | undefined;
}

/** What stands in the place of a cell, and stays there while it is scrolled out of view. */
export interface CellOverlay {
  readonly row: number;
  /** Where it is shown. */
  readonly column: number;
  readonly content: ReactNode;
}

/** The grid for those who hold it: see {@link GridRows} for what a row is. */
export interface GridHandle {
  /** Brings a row into view. */
  readonly reveal: (row: number) => void;
  /** Scrolls down by so many pixels, as a wheel does. */
  readonly scrollBy: (px: number) => void;
  readonly focus: () => void;
  /** The grid itself has the focus, nothing in it. */
  readonly hasFocus: () => boolean;
}
