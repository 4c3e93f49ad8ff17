import clsx from 'clsx';
import { memo, type ReactNode } from 'react';
import { surelyFits } from '@/lib/grid/columns';
import { cellAria, cellId, restAria, rowAria } from './aria';
import {
  type CellFace,
  type CellLooks,
  type ColumnPosition,
  type GridColumn,
  type GridRow,
  GUTTER_PX,
  ROW_PX,
} from './types';

interface GridRowProps<Value> {
  gridId: string;
  /** Names the box of the cells that scroll. */
  restId: string;
  row: number;
  topPx: number;
  values: GridRow<Value>;
  columns: readonly GridColumn[];
  /** The columns of this part of the row. */
  places: readonly ColumnPosition[];
  /** The column after which a stronger line stands. */
  edge: number;
  /** Set for the part that stays in view and begins with the strip by which the row is selected: its width. */
  headPx?: number;
  /** The column with the focus, -1 when another row has it. */
  activeColumn: number;
  /** Selected columns of this row, both inclusive; -1 when none is. */
  selectedFrom: number;
  selectedTo: number;
  faceOf: (value: Value, source: number) => CellFace;
  looks: CellLooks | undefined;
}

function GridRowView<Value>(props: GridRowProps<Value>) {
  const { restId, row, topPx, headPx } = props;
  const aria = headPx === undefined ? restAria(restId) : rowAria(row, restId);
  return (
    <div
      {...aria}
      data-row={row}
      // A variable, not `inherit`: a child that inherits what does not inherit by default has its style computed again
      // whenever the row moves.
      className="absolute left-0 [contain:layout_paint_style] border-line border-b bg-(--row) [--row:var(--surface)] data-hover:[--row:var(--hover)] data-held:[--row:var(--selected)]"
      style={{ top: topPx, height: ROW_PX, width: headPx ?? '100%' }}
    >
      {headPx !== undefined && (
        <div
          aria-hidden="true"
          data-gutter=""
          className="absolute inset-y-0 left-0 cursor-e-resize border-line border-r bg-(--row) hover:bg-selected"
          style={{ width: GUTTER_PX }}
        />
      )}
      {props.places.map((place) => cellAt(place, props))}
    </div>
  );
}

/** An element, not a component: where every row changes at once, components of cells were half of the page's own work. */
function cellAt<Value>({ index, startPx, widthPx }: ColumnPosition, props: GridRowProps<Value>): ReactNode {
  const { gridId, row } = props;
  const column = props.columns[index];
  if (column === undefined) return null;
  const face = faceAt(props, column.source);
  const look = props.looks?.(row, column.source);
  const isActive = index === props.activeColumn;
  const isSelected = index >= props.selectedFrom && index <= props.selectedTo;
  return (
    <div
      key={column.key}
      // Only the active cell is ever named; each attribute that a scrolled row changes costs time.
      id={isActive ? cellId(gridId, row, index) : undefined}
      {...cellAria(index, isSelected)}
      title={look?.title}
      data-column={index}
      className={clsx(
        'absolute inset-y-0 whitespace-pre border-r px-2 text-xs leading-[27px]',
        // The browser paints each clip as a separate layer, so only cells that may need one get one.
        face !== undefined &&
          (face.content !== undefined || !surelyFits(face.text, widthPx)) &&
          'overflow-hidden text-ellipsis',
        index === props.edge ? 'border-line-strong' : 'border-line',
        column.align === 'end' && 'text-right',
        isSelected ? 'bg-selected' : 'bg-(--row)',
        face?.className,
        look?.className,
        isActive && 'outline-2 outline-accent -outline-offset-2 [outline-style:solid]',
      )}
      style={{ ...look?.style, left: startPx, width: widthPx }}
    >
      {face === undefined ? (
        <span className="mt-[10px] block h-2 w-2/3 rounded-sm bg-hover" />
      ) : (
        (face.content ?? face.text)
      )}
    </div>
  );
}

/** Undefined while the row is not in memory (yet). */
function faceAt<Value>({ values, faceOf }: GridRowProps<Value>, source: number): CellFace | undefined {
  if (values === undefined) return undefined;
  const value = values?.[source];
  return value === undefined ? GONE : faceOf(value, source);
}

const GONE: CellFace = { text: '–', className: 'text-faint' };

/** A row is drawn again only when something in it has changed, never because the table was scrolled. */
export const GridRowLine = memo(GridRowView) as typeof GridRowView;
