import { type MouseEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { type CellPosition, includesCell, selectCell } from '@/lib/grid/selection';
import type { CellMenuPlace, GridSelection } from './types';
import { placeOf } from './use-cell-pointer';

/** A finger that rests this long asks for the menu, as long as it does not move further than this. */
const HOLD_MS = 500;
const SLOP_PX = 10;

interface MenuOptions {
  selection: GridSelection;
  onMenu: (place: CellMenuPlace) => void;
}

/**
 * Asks for the menu of a cell: by the secondary button or a finger that rests on it. A cell outside the selection becomes the selection. The menu opens when the pointer is released: the release
 * would close a popover that opened before it.
 */
export function useCellMenu(body: RefObject<HTMLElement | null>, options: MenuOptions) {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const press = useRef<Press>(undefined);
  useEffect(() => () => press.current?.end(), []);
  const ask = ({ row, column }: CellPosition, xPx: number, yPx: number) => {
    const place = { row, column };
    const { selection, onMenu } = latest.current;
    if (selection.now === null || !includesCell(selection.now, place)) selection.change(selectCell(place));
    onMenu({ ...place, xPx, yPx });
  };
  const onPointerDown = (event: PointerEvent) => {
    press.current?.end();
    const place = event.target instanceof Element ? placeOf(event.target) : null;
    if (place === null) return;
    const rows = [...(body.current?.querySelectorAll(`[data-row="${place.row}"]`) ?? [])];
    press.current = new Press(event, rows, (xPx, yPx) => ask(place, xPx, yPx));
  };
  const onContextMenu = (event: MouseEvent) => {
    const place = event.target instanceof Element ? placeOf(event.target) : null;
    if (place === null) return;
    event.preventDefault();
    // Systems differ: some ask when the button goes down, others when it comes up.
    if (press.current?.isDown) press.current.hold();
    else ask(place, event.clientX, event.clientY);
  };
  return { onPointerDown, onContextMenu };
}

/** A pointer on its way down and up again, and whether it asked for the menu meanwhile. */
class Press {
  isDown = true;
  private isHeld = false;
  private readonly timer: ReturnType<typeof setTimeout> | undefined;
  private opening: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly start: Pick<PointerEvent, 'clientX' | 'clientY' | 'pointerType' | 'pointerId'>,
    private readonly rows: readonly Element[],
    private readonly onHeld: (xPx: number, yPx: number) => void,
  ) {
    if (start.pointerType === 'touch') this.timer = setTimeout(() => this.hold(), HOLD_MS);
    window.addEventListener('pointermove', this.onMove);
    window.addEventListener('pointerup', this.onUp);
    window.addEventListener('pointercancel', this.onUp);
  }

  /** The menu is wanted; marked, since it opens only at the release. */
  readonly hold = () => {
    this.isHeld = true;
    for (const row of this.rows) row.setAttribute('data-held', '');
  };

  /** Forgets it all, also a menu that was about to open. */
  end(): void {
    clearTimeout(this.opening);
    this.release();
  }

  private readonly onMove = ({ clientX, clientY, pointerId }: globalThis.PointerEvent) => {
    if (this.isHeld || pointerId !== this.start.pointerId) return;
    if (Math.hypot(clientX - this.start.clientX, clientY - this.start.clientY) > SLOP_PX) clearTimeout(this.timer);
  };

  private readonly onUp = ({ pointerId }: globalThis.PointerEvent) => {
    if (pointerId !== this.start.pointerId) return;
    // After this event: the browser closes popovers in the middle of it.
    if (this.isHeld) this.opening = setTimeout(() => this.onHeld(this.start.clientX, this.start.clientY));
    this.release();
  };

  private release(): void {
    this.isDown = false;
    clearTimeout(this.timer);
    if (this.isHeld) for (const row of this.rows) row.removeAttribute('data-held');
    window.removeEventListener('pointermove', this.onMove);
    window.removeEventListener('pointerup', this.onUp);
    window.removeEventListener('pointercancel', this.onUp);
  }
}
