import clsx from 'clsx';
import { memo, type ReactNode } from 'react';
import { cellAria, cellId, rowAria } from './aria';
import {
  type CellLook,
  type CellLooks,
  type ColumnPlace,
  type ColumnWindow,
  type GridColumn,
  type GridRow,
  GUTTER_PX,
  ROW_PX,
} from './types';

interface GridRowProps<Value> {
  gridId: string;
  row: number;
  topPx: number;
  values: GridRow<Value>;
  columns: readonly GridColumn[];
  window: ColumnWindow;
  /** The column with the focus, -1 when another row has it. */
  activeColumn: number;
  /** Selected columns of this row, both inclusive; -1 when none is. */
  selectedFrom: number;
  selectedTo: number;
  /** What a cell shows, by its value and which of the row's values that is. */
  renderCell: (value: Value, source: number) => ReactNode;
  looks: CellLooks | undefined;
}

function GridRowView<Value>(props: GridRowProps<Value>) {
  const { row, topPx, window } = props;
  return (
    <div
      {...rowAria(row)}
      data-row={row}
      // A variable, not `inherit`: where a child inherits what is not inherited by itself, its style is worked out anew
      // whenever the row moves.
      className="absolute inset-x-0 [contain:layout_paint_style] border-line border-b bg-(--row) [--row:var(--surface)] hover:[--row:var(--hover)]"
      style={{ top: topPx, height: ROW_PX }}
    >
      <div className={clsx('left-0 z-1 h-full w-0', window.scrolls && 'sticky')}>
        <div
          aria-hidden="true"
          data-gutter=""
          className="absolute inset-y-0 left-0 cursor-e-resize border-line border-r bg-(--row) hover:bg-selected"
          style={{ width: GUTTER_PX }}
        />
        {window.stuck.map((place) => cellAt(place, props))}
      </div>
      {window.loose.map((place) => cellAt(place, props))}
    </div>
  );
}

function cellAt<Value>({ index, startPx, widthPx }: ColumnPlace, props: GridRowProps<Value>): ReactNode {
  const { gridId, row, values, columns, window, renderCell } = props;
  const column = columns[index];
  if (column === undefined) return null;
  const isActive = index === props.activeColumn;
  return (
    <CellBox
      key={column.key}
      // Only the active cell is ever named; each attribute that a scrolled row changes costs time.
      id={isActive ? cellId(gridId, row, index) : undefined}
      {...{ column, index, startPx, widthPx, renderCell, isActive }}
      value={values === undefined ? PENDING : values?.[column.source]}
      isSelected={index >= props.selectedFrom && index <= props.selectedTo}
      isEdge={window.scrolls && index === window.stuck.at(-1)?.index}
      look={props.looks?.(row, column.source)}
    />
  );
}

/** The row is not in memory (yet). */
const PENDING = Symbol('pending');

interface CellProps<Value> {
  id: string | undefined;
  column: GridColumn;
  index: number;
  startPx: number;
  widthPx: number;
  /** `undefined`: the row is gone. */
  value: Value | undefined | typeof PENDING;
  isActive: boolean;
  isSelected: boolean;
  /** The last of those that stay in view. */
  isEdge: boolean;
  look: CellLook | undefined;
  renderCell: (value: Value, source: number) => ReactNode;
}

function Cell<Value>({ id, column, index, startPx, widthPx, value, look, renderCell, ...is }: CellProps<Value>) {
  return (
    <div
      id={id}
      {...cellAria(index, is.isSelected)}
      title={look?.title}
      data-column={index}
      className={clsx(
        'absolute inset-y-0 overflow-hidden truncate whitespace-pre border-r px-2 text-xs leading-[27px]',
        is.isEdge ? 'border-line-strong' : 'border-line',
        column.align === 'end' && 'text-right',
        is.isSelected ? 'bg-selected' : 'bg-(--row)',
        look?.className,
        is.isActive && 'outline-2 outline-accent -outline-offset-2 [outline-style:solid]',
      )}
      style={{ ...look?.style, left: startPx, width: widthPx }}
    >
      {cellContent(value, column.source, renderCell)}
    </div>
  );
}

/** Scrolled sideways, a row draws the cells that come and leaves the others alone. */
const CellBox = memo(Cell) as typeof Cell;

function cellContent<Value>(
  value: CellProps<Value>['value'],
  source: number,
  renderCell: (value: Value, source: number) => ReactNode,
): ReactNode {
  if (value === PENDING) return <span className="mt-[10px] block h-2 w-2/3 rounded-sm bg-hover" />;
  return value === undefined ? <span className="text-faint">–</span> : renderCell(value, source);
}

/** A row is drawn again only when something of its own has changed, never because the table was scrolled. */
export const GridRowLine = memo(GridRowView) as typeof GridRowView;
