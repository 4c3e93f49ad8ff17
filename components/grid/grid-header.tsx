import clsx from 'clsx';
import type { MouseEvent, ReactNode } from 'react';
import { Shown } from '@/components/ui/shown';
import { spelledOut } from '@/lib/text/unseen';
import { groupAria, headerAria, headerRowAria } from './aria';
import { ResizeEdge } from './resize-edge';
import {
  type ColumnActions,
  type ColumnPosition,
  type ColumnViewport,
  type GridColumn,
  GUTTER_PX,
  HEADER_PX,
} from './types';
import { type HeaderDrag, useHeaderDrag } from './use-header-drag';

interface GridHeaderProps {
  columns: readonly GridColumn[];
  window: ColumnViewport;
  actions: ColumnActions;
  /** What is shown below a column's header: its menu, when that is open. */
  attachment: (column: number) => ReactNode;
  onSelectAll: () => void;
}

/** Name with marks above, type below, and an edge to drag. Stays in view while rows scroll. */
export function GridHeader({ columns, window, actions, attachment, onSelectAll }: GridHeaderProps) {
  const drag = useHeaderDrag(columns, actions);
  // Control+A does the same; a row of a grid holds nothing but cells for those who cannot see it.
  const corner = { 'aria-hidden': true, title: 'Select all loaded rows', onClick: onSelectAll } as const;
  const header = (place: ColumnPosition) => {
    const column = columns[place.index];
    return column === undefined ? null : (
      <HeaderCell
        key={column.key}
        column={column}
        place={place}
        actions={actions}
        drag={drag}
        isEdge={place.index === window.edge}
      >
        {attachment(place.index)}
      </HeaderCell>
    );
  };
  return (
    <div {...groupAria} className="sticky top-0 z-10 min-w-full bg-surface" style={{ width: window.totalPx }}>
      <div
        {...headerRowAria}
        onClickCapture={drag.onClickCapture}
        className="relative border-line border-b"
        style={{ height: HEADER_PX }}
      >
        <div role="presentation" className="sticky left-0 z-1 h-full w-0">
          <div
            {...corner}
            className="absolute inset-y-0 left-0 border-line border-r bg-surface hover:bg-selected"
            style={{ width: GUTTER_PX }}
          />
          {window.stuck.map(header)}
        </div>
        {window.loose.map(header)}
      </div>
    </div>
  );
}

interface HeaderCellProps {
  column: GridColumn;
  place: ColumnPosition;
  actions: ColumnActions;
  drag: HeaderDrag;
  /** The last of those that stay in view. */
  isEdge: boolean;
  children: ReactNode;
}

function HeaderCell({ column, place, actions, drag, isEdge, children }: HeaderCellProps) {
  const { index, startPx, widthPx } = place;
  const state = drag.stateOf(index);
  const context = {
    onContextMenu: (event: MouseEvent) => {
      event.preventDefault();
      actions.menu(index);
    },
  };
  return (
    <div
      {...headerAria(index, column.sorted)}
      {...drag.handlers(index)}
      title={spelledOut(`${column.name} ${column.note}`)}
      data-header={index}
      {...context}
      className={clsx(
        'absolute inset-y-0 border-r bg-surface',
        isEdge ? 'border-line-strong' : 'border-line',
        state === 'dragged' && 'opacity-50',
        state === 'before' && 'shadow-[inset_2px_0_0_var(--accent)]',
        state === 'after' && 'shadow-[inset_-2px_0_0_var(--accent)]',
      )}
      style={{ left: startPx, width: widthPx }}
    >
      {/* Not a tab stop: with hundreds of columns nobody would ever tab past the header. */}
      <button
        type="button"
        tabIndex={-1}
        onClick={() => actions.menu(index)}
        className={clsx(
          'flex h-full w-full flex-col justify-center px-2 text-left hover:bg-hover',
          column.align === 'end' && 'items-end',
        )}
      >
        <HeaderFace column={column} />
      </button>
      <ResizeEdge widthPx={widthPx} onResize={(toPx) => actions.resize(index, toPx)} onFit={() => actions.fit(index)} />
      {children}
    </div>
  );
}

function HeaderFace({ column }: { column: GridColumn }) {
  return (
    <>
      <span className="flex max-w-full items-center gap-1.5">
        <span className="truncate font-mono font-semibold text-xs">
          <Shown text={column.name} as="name" />
        </span>
        {column.marks}
        {column.sorted !== undefined && (
          <span aria-hidden="true" className="shrink-0 text-accent text-xs">
            {column.sorted === 'ascending' ? '↑' : '↓'}
          </span>
        )}
      </span>
      <span className="max-w-full truncate font-mono text-2xs text-faint">
        <Shown text={column.note} as="name" />
      </span>
    </>
  );
}
