import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import type { CellLooks, CellOverlay, GridColumn, GridHandle, GridRows, GridSelection } from '@/components/grid/types';
import type { Row } from '@/lib/client/stream-events';
import type { ResultColumn } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import type { CellOffer } from './cell-menu/offers';

/** The rows of a result as they are shown, for whoever edits them: see {@link ResultEditing}. */
export interface ShownResult {
  readonly columns: readonly ResultColumn[];
  /** Those that are shown, where they are shown. */
  readonly shown: readonly GridColumn[];
  /** As they were read, without edits. */
  readonly rows: GridRows<JsonValue>;
  /** The row of the window that the grid counts as 0: rows of the window keep their numbers. */
  readonly firstRow: number;
  /** Goes through the rows in memory, as far as somebody asks. */
  readonly inMemory: () => Iterable<Row>;
  readonly selection: GridSelection;
  readonly grid: RefObject<GridHandle | null>;
  readonly goTo: (row: number, column: number) => void;
  /** Gives the edits to the grid and to what stands around it; undefined: there are none any more. */
  readonly publish: (edits: RowEdits | undefined) => void;
}

/** A cell where it is in the grid. */
export interface GridCell {
  readonly row: number;
  /** Which of the row's values. */
  readonly source: number;
}

/** Edits of rows, for what shows them. Another object is another state; functions that stay the same look the same. */
export interface RowEdits {
  /** A row with its edits; the same array where there are none. */
  readonly rowOf: (values: Row) => Row;
  readonly looks: CellLooks | undefined;
  readonly overlay: CellOverlay | undefined;
  /** Keys on the rows; true: it was one that edits. */
  readonly keys: (event: KeyboardEvent) => boolean;
  /** Stands in the line below the rows. */
  readonly tools: ReactNode;
  /** A second press on a cell; undefined: it inspects. */
  readonly open: (() => void) | undefined;
  /** What is added to a cell's menu. `column`: where it is shown. */
  readonly offers: (row: number, column: number) => readonly CellOffer[];
  /** Edits a cell in a place of the caller's; a text: why it cannot be edited. */
  readonly editor: (cell: GridCell, onEnd: () => void) => ReactNode;
  readonly refusal: (cell: GridCell) => string | null;
}

/** Who edits the rows: drawn below them with all that editing takes, it publishes the edits. */
export type ResultEditing = (result: ShownResult) => ReactNode;
