import clsx from 'clsx';
import { ChevronDown } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { Shown } from '@/components/ui/shown';
import { spelledOut } from '@/lib/text/unseen';
import { faceId, groupAria, headerAria, headerId, headerRowAria } from './aria';
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
  gridId: string;
  columns: readonly GridColumn[];
  window: ColumnViewport;
  /** The header that the keyboard is at, if it is at one. */
  active: number | null;
  actions: ColumnActions;
  /** What is shown below a column's header: its menu, when that is open. */
  attachment: (column: number) => ReactNode;
  onSelectAll: () => void;
}

/** Name with marks above, type below, and an edge to drag. Stays in view while rows scroll. */
export function GridHeader({ gridId, columns, window, active, actions, attachment, onSelectAll }: GridHeaderProps) {
  const drag = useHeaderDrag(columns, actions);
  // Control+A does the same; a row of a grid holds nothing but cells for those who cannot see it.
  const corner = { 'aria-hidden': true, title: 'Select all loaded rows', onClick: onSelectAll } as const;
  const header = (place: ColumnPosition) => {
    const column = columns[place.index];
    return column === undefined ? null : (
      <HeaderCell
        key={column.key}
        gridId={gridId}
        column={column}
        place={place}
        actions={actions}
        drag={drag}
        isEdge={place.index === window.edge}
        isActive={place.index === active}
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
  gridId: string;
  column: GridColumn;
  place: ColumnPosition;
  actions: ColumnActions;
  drag: HeaderDrag;
  /** The last of those that stay in view. */
  isEdge: boolean;
  /** The keyboard is at it. */
  isActive: boolean;
  children: ReactNode;
}

function HeaderCell({ gridId, column, place, actions, drag, isEdge, isActive, children }: HeaderCellProps) {
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
      {...headerAria(gridId, index, column.sorted)}
      {...drag.handlers(index)}
      title={spelledOut(`${column.name} ${column.note}`)}
      data-header={index}
      {...context}
      className={clsx(
        'group absolute inset-y-0 border-r bg-surface',
        isEdge ? 'border-line-strong' : 'border-line',
        state === 'dragged' && 'opacity-50',
        state === 'before' && 'shadow-[inset_2px_0_0_var(--accent)]',
        state === 'after' && 'shadow-[inset_-2px_0_0_var(--accent)]',
        isActive && 'outline-2 outline-accent -outline-offset-2 [outline-style:solid]',
      )}
      style={{ left: startPx, width: widthPx }}
    >
      {/* Not a tab stop: with hundreds of columns nobody would ever tab past the header. */}
      <button
        type="button"
        id={faceId(headerId(gridId, index))}
        tabIndex={-1}
        onClick={({ shiftKey }) => actions.sort(index, shiftKey)}
        className={clsx(
          'flex h-full w-full flex-col justify-center px-2 text-left hover:bg-hover',
          column.align === 'end' && 'items-end',
        )}
      >
        <HeaderFace column={column} />
      </button>
      <MenuButton name={column.name} isShown={isActive} onPress={() => actions.menu(index)} />
      <ResizeEdge widthPx={widthPx} onResize={(toPx) => actions.resize(index, toPx)} onFit={() => actions.fit(index)} />
      {children}
    </div>
  );
}

interface MenuButtonProps {
  name: string;
  isShown: boolean;
  onPress: () => void;
}

/** Opens the column's menu. In view while the pointer or the keyboard is at the header, and always under a finger. */
function MenuButton({ name, isShown, onPress }: MenuButtonProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`Menu of ${spelledOut(name)}`}
      onClick={onPress}
      className={clsx(
        'absolute right-2 bottom-0.5 grid size-5 place-items-center rounded-sm bg-surface text-muted hover:bg-hover hover:text-ink',
        !isShown && 'opacity-0 focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100',
      )}
    >
      <ChevronDown size={14} aria-hidden="true" />
    </button>
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
