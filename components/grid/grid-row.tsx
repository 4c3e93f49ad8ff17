import clsx from 'clsx';
import { memo, type ReactNode } from 'react';
import { cellAria, cellId, rowAria } from './aria';
import {
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
        {window.stuck.map((place) => (
          <Cell key={props.columns[place.index]?.key} {...props} place={place} />
        ))}
      </div>
      {window.loose.map((place) => (
        <Cell key={props.columns[place.index]?.key} {...props} place={place} />
      ))}
    </div>
  );
}

function Cell<Value>({ place, ...props }: GridRowProps<Value> & { place: ColumnPlace }) {
  const { gridId, row, values, columns, renderCell } = props;
  const { index, startPx, widthPx } = place;
  const column = columns[index];
  if (column === undefined) return null;
  const selected = index >= props.selectedFrom && index <= props.selectedTo;
  const look = props.looks?.(row, column.source);
  return (
    <div
      // Only the active cell is ever named; each attribute that a scrolled row changes costs time.
      id={index === props.activeColumn ? cellId(gridId, row, index) : undefined}
      {...cellAria(index, selected)}
      title={look?.title}
      data-column={index}
      className={clsx(
        'absolute inset-y-0 overflow-hidden truncate whitespace-pre border-r px-2 text-xs leading-[27px]',
        props.window.scrolls && index === props.window.stuck.at(-1)?.index ? 'border-line-strong' : 'border-line',
        column.align === 'end' && 'text-right',
        selected ? 'bg-selected' : 'bg-(--row)',
        look?.className,
        index === props.activeColumn && 'outline-2 outline-accent -outline-offset-2 [outline-style:solid]',
      )}
      style={{ ...look?.style, left: startPx, width: widthPx }}
    >
      {cellContent(values, column.source, renderCell)}
    </div>
  );
}

function cellContent<Value>(
  values: GridRow<Value>,
  source: number,
  renderCell: (value: Value, source: number) => ReactNode,
): ReactNode {
  if (values === undefined) return <span className="mt-[10px] block h-2 w-2/3 rounded-sm bg-hover" />;
  const value = values?.[source];
  return value === undefined ? <span className="text-faint">–</span> : renderCell(value, source);
}

/** A row is drawn again only when something of its own has changed, never because the table was scrolled. */
export const GridRowLine = memo(GridRowView) as typeof GridRowView;
