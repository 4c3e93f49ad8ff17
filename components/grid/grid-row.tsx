import clsx from 'clsx';
import { memo, type ReactNode } from 'react';
import { cellAria, cellId, rowAria } from './aria';
import { type ColumnPlace, type GridColumn, type GridRow, ROW_PX } from './types';

interface GridRowProps<Value> {
  gridId: string;
  row: number;
  topPx: number;
  values: GridRow<Value>;
  columns: readonly GridColumn[];
  places: readonly ColumnPlace[];
  /** The column with the focus, -1 when another row has it. */
  activeColumn: number;
  /** Selected columns of this row, both inclusive; -1 when none is. */
  selectedFrom: number;
  selectedTo: number;
  renderCell: (value: Value, column: number) => ReactNode;
}

function GridRowView<Value>(props: GridRowProps<Value>) {
  const { gridId, row, topPx, values, columns, places, activeColumn, selectedFrom, selectedTo, renderCell } = props;
  return (
    <div
      {...rowAria(row)}
      className="absolute inset-x-0 [contain:layout_paint_style] border-line border-b hover:bg-hover"
      style={{ top: topPx, height: ROW_PX }}
    >
      {places.map(({ index, startPx, widthPx }) => {
        const selected = index >= selectedFrom && index <= selectedTo;
        return (
          <div
            key={columns[index]?.key}
            id={cellId(gridId, row, index)}
            {...cellAria(index, selected)}
            data-row={row}
            data-column={index}
            className={clsx(
              'absolute inset-y-0 overflow-hidden truncate whitespace-pre border-line border-r px-2 text-xs leading-[27px]',
              columns[index]?.align === 'end' && 'text-right',
              selected && 'bg-selected',
              index === activeColumn && 'outline-2 outline-accent -outline-offset-2 [outline-style:solid]',
            )}
            style={{ left: startPx, width: widthPx }}
          >
            {cellContent(values, index, renderCell)}
          </div>
        );
      })}
    </div>
  );
}

function cellContent<Value>(
  values: GridRow<Value>,
  column: number,
  renderCell: (value: Value, column: number) => ReactNode,
): ReactNode {
  if (values === undefined) return <span className="mt-[10px] block h-2 w-2/3 rounded-sm bg-hover" />;
  const value = values?.[column];
  return value === undefined ? <span className="text-faint">–</span> : renderCell(value, column);
}

/** A row is drawn again only when something of its own has changed, never because the table was scrolled. */
export const GridRowLine = memo(GridRowView) as typeof GridRowView;
