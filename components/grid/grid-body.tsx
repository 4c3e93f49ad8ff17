import type { ComponentProps } from 'react';
import { type Selection, selectedRange } from '@/lib/grid/selection';
import { groupAria, restId } from './aria';
import { GridRowLine } from './grid-row';
import {
  type CellOverlay,
  type ColumnViewport,
  type GridCells,
  type GridColumn,
  type GridRows,
  GUTTER_PX,
  ROW_PX,
} from './types';
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
  overlay: CellOverlay | undefined;
  topOf: (row: number) => number;
}

/** The rows in view. Each is drawn in two parts: the columns that stay in view, and those that scroll. */
export function GridBody<Value>(props: GridBodyProps<Value>) {
  const { window, heightPx, pointer, overlay } = props;
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
        {overlay !== undefined && overlay.column < window.stuck.length && <Overlay {...props} overlay={overlay} />}
      </div>
      {lines.map(({ key, line }) => (
        <GridRowLine key={key} {...line} places={window.loose} />
      ))}
      {overlay !== undefined && overlay.column >= window.stuck.length && <Overlay {...props} overlay={overlay} />}
    </div>
  );
}

/** By the widths of the columns before it: its own column may not be drawn. */
function Overlay<Value>({ columns, topOf, overlay }: GridBodyProps<Value> & { overlay: CellOverlay }) {
  const { row, column, content } = overlay;
  const startPx = columns.slice(0, column).reduce((sum, { widthPx }) => sum + widthPx, GUTTER_PX);
  return (
    <div
      role="presentation"
      className="absolute select-text"
      style={{ top: topOf(row), left: startPx, width: columns[column]?.widthPx, height: ROW_PX }}
    >
      {content}
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
