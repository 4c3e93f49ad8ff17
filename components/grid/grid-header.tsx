import clsx from 'clsx';
import type { PointerEvent } from 'react';
import { groupAria, headerAria, headerRowAria } from './aria';
import { type ColumnPlace, type GridColumn, HEADER_PX } from './types';

interface GridHeaderProps {
  columns: readonly GridColumn[];
  places: readonly ColumnPlace[];
  widthPx: number;
  onResize: (column: number, deltaPx: number) => void;
  onHeader: ((column: number) => void) | undefined;
}

/** Name with marks above, type below, and an edge to drag. Stays in view while rows scroll. */
export function GridHeader({ columns, places, widthPx, onResize, onHeader }: GridHeaderProps) {
  return (
    <div {...groupAria} className="sticky top-0 z-10 min-w-full bg-surface" style={{ width: widthPx }}>
      <div {...headerRowAria} className="relative border-line border-b" style={{ height: HEADER_PX }}>
        {places.map(({ index, startPx, widthPx: width }) => {
          const column = columns[index];
          return column === undefined ? null : (
            <div
              key={column.key}
              {...headerAria(index)}
              title={`${column.name} ${column.note}`}
              className="absolute inset-y-0 border-line border-r"
              style={{ left: startPx, width }}
            >
              <HeaderFace column={column} onPress={onHeader && (() => onHeader(index))} />
              <ResizeEdge onResize={(deltaPx) => onResize(index, deltaPx)} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function HeaderFace({ column, onPress }: { column: GridColumn; onPress: (() => void) | undefined }) {
  const className = clsx('flex h-full w-full flex-col justify-center px-2', column.align === 'end' && 'items-end');
  const face = (
    <>
      <span className="flex max-w-full items-center gap-1.5">
        <span className="truncate font-mono font-semibold text-xs">{column.name}</span>
        {column.marks}
      </span>
      <span className="max-w-full truncate font-mono text-2xs text-faint">{column.note}</span>
    </>
  );
  if (onPress === undefined) return <span className={className}>{face}</span>;
  // Not a tab stop of its own: with hundreds of columns nobody would ever tab past the header.
  return (
    <button type="button" tabIndex={-1} onClick={onPress} className={clsx(className, 'text-left hover:bg-hover')}>
      {face}
    </button>
  );
}

function ResizeEdge({ onResize }: { onResize: (deltaPx: number) => void }) {
  const start = (event: PointerEvent<HTMLSpanElement>) => {
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent<HTMLSpanElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId) && event.movementX !== 0) onResize(event.movementX);
  };
  return (
    <span
      aria-hidden="true"
      onPointerDown={start}
      onPointerMove={move}
      className="absolute inset-y-0 -right-1 z-10 w-2 cursor-col-resize touch-none hover:bg-accent/40"
    />
  );
}
