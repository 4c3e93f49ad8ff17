import { type MouseEvent, type PointerEvent, useRef, useState } from 'react';
import type { ColumnActions, GridColumn } from './types';

/** A press that moves less than this is a click. */
const DRAG_PX = 6;

interface Drag {
  readonly from: number;
  /** Where it would stand if it were let go now. */
  readonly to: number;
}

export type HeaderDrag = ReturnType<typeof useHeaderDrag>;

/** Moves a column by dragging its header to where it shall stand. Fingers scroll instead. */
export function useHeaderDrag(columns: readonly GridColumn[], actions: ColumnActions) {
  const press = useRef<{ readonly column: number; readonly atPx: number }>(null);
  const dragged = useRef(false);
  const [drag, setDrag] = useState<Drag | null>(null);

  const down = (column: number) => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    // The column's menu is inside its header.
    if (event.target instanceof Element && event.target.closest('[popover]') !== null) return;
    press.current = { column, atPx: event.clientX };
    dragged.current = false;
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    const held = press.current;
    if (held === null || event.buttons !== 1) return;
    if (drag === null && Math.abs(event.clientX - held.atPx) < DRAG_PX) return;
    if (!dragged.current) event.currentTarget.setPointerCapture(event.pointerId);
    dragged.current = true;
    const over = headerAt(event);
    const allowed = over !== null && columns[over]?.pinned === columns[held.column]?.pinned;
    const to = allowed ? over : (drag?.to ?? held.column);
    if (drag?.to !== to) setDrag({ from: held.column, to });
  };
  const end = (event: PointerEvent<HTMLElement>) => {
    press.current = null;
    if (drag === null) return;
    setDrag(null);
    if (event.type === 'pointerup' && drag.to !== drag.from) actions.move(drag.from, drag.to);
  };
  return {
    handlers: (column: number) => ({
      onPointerDown: down(column),
      onPointerMove: move,
      onPointerUp: end,
      onPointerCancel: end,
    }),
    stateOf: (column: number): 'dragged' | 'before' | 'after' | undefined => {
      if (drag === null) return undefined;
      if (drag.from === column) return 'dragged';
      if (drag.to !== column) return undefined;
      return drag.to > drag.from ? 'after' : 'before';
    },
    /** The click that ends a drag opens nothing. */
    onClickCapture: (event: MouseEvent) => {
      if (!dragged.current) return;
      dragged.current = false;
      event.stopPropagation();
      event.preventDefault();
    },
  };
}

/** The header under the pointer, which the pressed one has captured. */
function headerAt(event: PointerEvent<HTMLElement>): number | null {
  const row = event.currentTarget.closest('[role=row]')?.getBoundingClientRect();
  if (row === undefined) return null;
  const under = document
    .elementFromPoint(event.clientX, row.top + row.height / 2)
    ?.closest<HTMLElement>('[data-header]');
  return under === null || under === undefined ? null : Number(under.dataset.header);
}
