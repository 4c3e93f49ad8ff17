import type { ComponentProps } from 'react';
import { type Selection, selectedRange } from '@/lib/grid/selection';
import { groupAria, restId } from './aria';
import { GridRowLine } from './grid-row';
import type { ColumnViewport, GridCells, GridColumn, GridRows } from './types';
import { useRowHover } from './use-row-hover';
import type { RowSlot } from './use-row-viewport';

interface GridBodyProps<Value> {
  gridId: string;
  columns: readonly GridColumn[];
  window: ColumnViewport;
  places: readonly RowSlot[];
  heightPx: number;
  rowAt: GridRows<Value>['at'];
  cells: GridCells<Value>;
  selection: Selection | null;
  /** What pointers do on the rows. */
  pointer: Pick<ComponentProps<'div'>, 'onPointerDown' | 'onDoubleClick' | 'onContextMenu'>;
}

/** The rows in view. Each is drawn in two parts: the columns that stay in view, and those that scroll. */
export function GridBody<Value>(props: GridBodyProps<Value>) {
  const { window, heightPx, pointer } = props;
  const hover = useRowHover();
  const lines = linesOf(props);
  return (
    <div
      {...groupAria}
      {...pointer}
      {...hover}
      className="relative min-w-full font-mono"
      style={{ height: heightPx, width: window.totalPx }}
    >
      {/* One box for all rows: if each row's part were sticky, the browser would make a layer of every one. */}
      <div role="presentation" className="sticky left-0 z-1 h-full w-0">
        {lines.map(({ key, line }) => (
          <GridRowLine key={key} {...line} places={window.stuck} headPx={window.stuckPx} />
        ))}
      </div>
      {lines.map(({ key, line }) => (
        <GridRowLine key={key} {...line} places={window.loose} />
      ))}
    </div>
  );
}

/** What both parts of a row are drawn with. */
function linesOf<Value>({ gridId, columns, window, places, rowAt, cells, selection }: GridBodyProps<Value>) {
  const range = selection === null ? null : selectedRange(selection);
  return places.map(({ row, key, topPx }) => {
    const inRange = range !== null && row >= range.firstRow && row <= range.lastRow;
    const line = {
      gridId,
      restId: restId(gridId, key),
      row,
      topPx,
      columns,
      edge: window.edge,
      values: rowAt(row),
      activeColumn: selection?.active.row === row ? selection.active.column : -1,
      selectedFrom: inRange ? range.firstColumn : -1,
      selectedTo: inRange ? range.lastColumn : -1,
      faceOf: cells.faceOf,
      looks: cells.looks,
    };
    return { key, line };
  });
}
