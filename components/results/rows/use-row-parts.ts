import { type ReactNode, useCallback, useRef, useState } from 'react';
import type { GridColumn, GridHandle, GridRows } from '@/components/grid/types';
import type { Row } from '@/lib/client/stream';
import type { HeaderFrame, ResultColumn } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import type { Table } from '@/lib/contract/schema';
import { type RowView, rowAt } from '@/lib/grid/page-window';
import { type Selection, selectCell } from '@/lib/grid/selection';
import { AS_READ } from '@/lib/local/local-view';
import type { ResultReader } from '@/lib/reader/result-reader';
import type { ResultState } from '@/lib/reader/result-state';
import type { CellOffers } from '../cell-menu/offers';
import type { ResultEditing, RowEdits } from '../editing';
import type { LocalControl } from '../local/local-control';
import { useLocal, useSortedColumns } from '../local/use-local';
import type { ResultPlace } from '../place';
import { useCellMenu } from './use-cell-menu';
import { useColumnHeads } from './use-column-heads';
import { useCopying } from './use-copying';
import { usePanels } from './use-panels';
import { useSelection } from './use-selection';
import { useShownColumns } from './use-shown-columns';

/** What can be done with a row, given its columns and values: in the line below the rows, or in the inspector's head. */
export type RowTools = (columns: readonly ResultColumn[], values: Row, at: 'bar' | 'inspector') => ReactNode;

export interface ResultRowsProps {
  reader: ResultReader;
  state: ResultState;
  header: HeaderFrame;
  table: Table | undefined;
  place: ResultPlace | undefined;
  keepsColumns: boolean;
  /** Shows the first row as a record from the start. */
  expanded: boolean;
  /** How the rows are sorted and filtered on this page. */
  local: LocalControl;
  onHeader: (() => void) | undefined;
  /** What stands between the grid's scrollbar and the inspector. A wheel turned over it scrolls the rows. */
  side: ReactNode;
  /** What can be done with the selected row. */
  rowTools: RowTools | undefined;
  /** What whoever shows the rows adds to a cell's menu. */
  cellOffers: CellOffers | undefined;
  editing: ResultEditing | undefined;
  /** What stands below the header when there is no row. */
  empty: ReactNode;
  /** The line below: how far the rows reach where no share of the ring says it, and what belongs to the selection. */
  bar: (reached: string | null, selectionTools: ReactNode) => ReactNode;
}

export type Parts = ReturnType<typeof useRowParts>;

export interface PartProps {
  result: ResultRowsProps;
  parts: Parts;
}

/** What the grid and all that stands around it share. */
export function useRowParts({ reader, state, header, table, place, keepsColumns, ...props }: ResultRowsProps) {
  const grid = useRef<GridHandle>(null);
  const panes = useRef<HTMLDivElement>(null);
  const shown = useShownColumns({ reader, header, table, keptFor: keepsColumns ? place : undefined });
  const { repeatable, order } = reader.source;
  const local = useLocal({ control: props.local, header, shown, result: { state, repeatable, order } });
  const columns = useSortedColumns(shown.columns, state.isArranged ? local.view : AS_READ);
  const { selection, select, narrow } = useSelection(
    state.window.marks.firstRow,
    state.landing.id,
    columns.length,
    props.expanded,
  );
  const read = useGridRows(reader, state);
  const [edits, publish] = useState<RowEdits>();
  const rows = editedRows(read, edits);
  const cell = activeCell(selection, columns, rows.at);
  return {
    grid,
    panes,
    shown,
    columns,
    local,
    read,
    rows,
    edits,
    publish,
    cell,
    selection: { now: selection, change: select },
    heads: useColumnHeads(shown, selection, select, local.press),
    copying: useCopying({ reader, header, table, place, columns, selection, edits }),
    panels: usePanels({ grid, panes, selection, narrow, expanded: props.expanded, editLooks: edits?.looks }),
    cellMenu: useCellMenu({ header, table, columns, rowAt: rows.at, selection, edits, offersOf: props.cellOffers }),
    aged: agedPlace(place, table),
    rowTools: (at: 'bar' | 'inspector') =>
      cell?.values == null ? undefined : props.rowTools?.(header.columns, cell.values, at),
    goTo: (row: number, column: number) => {
      select(selectCell({ row, column }));
      grid.current?.reveal(row);
    },
  };
}

/** The reader's window as rows of a grid, which count from 0 at the first that can be scrolled to. */
function useGridRows(reader: ResultReader, { window, reading, landing }: ResultState): GridRows<JsonValue> {
  const { firstRow, rowCount } = window.marks;
  const onView = useCallback(
    ({ first, last, top }: RowView) =>
      reader.view({ first: first + firstRow, last: last + firstRow, top: top + firstRow }),
    [reader, firstRow],
  );
  return {
    count: rowCount,
    open: reading.phase !== 'complete',
    front: -firstRow,
    landing: { ...landing, row: landing.row - firstRow },
    at: (row) => rowAt(window, row + firstRow),
    onView,
  };
}

/** The rows with what waits to be written to them. */
function editedRows(rows: GridRows<JsonValue>, edits: RowEdits | undefined): GridRows<JsonValue> {
  if (edits === undefined) return rows;
  return {
    ...rows,
    at: (row) => {
      const values = rows.at(row);
      return values == null ? values : edits.rowOf(values);
    },
  };
}

/** The active cell with the values of its row; undefined: none is active. */
function activeCell(selection: Selection | null, columns: readonly GridColumn[], rowOf: GridRows<JsonValue>['at']) {
  if (selection === null) return undefined;
  const { row, column } = selection.active;
  const source = columns[column]?.source;
  return source === undefined ? undefined : { row, source, values: rowOf(row) };
}

/** The table whose cells have write times, where the rows are of one that is known. */
function agedPlace(place: ResultPlace | undefined, table: Table | undefined) {
  if (place?.keyspace == null || place.table === null || table === undefined) return undefined;
  return { table, place: { cluster: place.cluster, keyspace: place.keyspace, table: place.table } };
}
