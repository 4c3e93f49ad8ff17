import { type MouseEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { type CellPosition, extendTo, selectCell, selectRows } from '@/lib/grid/selection';
import { type GridSelection, HEADER_PX } from './types';

/** Scrolled in a frame for each pixel that the pointer is beyond the edge, and at most. */
const SPEED = 0.25;
const MOST_PX = 60;

/** A place of the grid's body: a cell, or the strip before a row. */
interface BodyPosition extends CellPosition {
  readonly wholeRow: boolean;
}

interface PointerOptions {
  selection: GridSelection;
  columns: number;
  onSecond: () => void;
}

/**
 * A press selects, on the strip before it the whole row; with Shift or dragged it extends, and beyond an edge it scrolls
 * on; a second one is another command. Fingers scroll and tap.
 */
export function useCellPointer(element: RefObject<HTMLElement | null>, options: PointerOptions) {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const ending = useRef<() => void>(undefined);
  useEffect(() => () => ending.current?.(), []);

  const pick = (place: BodyPosition, extend: boolean, rows: boolean) => {
    const { selection, columns } = latest.current;
    const next = extend ? extendTo(selection.now, place) : selectCell(place);
    selection.change(rows ? selectRows(next, columns) : next);
  };
  const onSecond = ({ target }: MouseEvent) => {
    if (target instanceof Element && placeOf(target) !== null) latest.current.onSecond();
  };
  const onPointerDown = (event: PointerEvent) => {
    const place = event.target instanceof Element ? placeOf(event.target) : null;
    if (place === null || event.button !== 0) return;
    pick(place, event.shiftKey, place.wholeRow);
    ending.current?.();
    if (event.pointerType === 'touch' || element.current === null) return;
    ending.current = followDrag(element.current, (under) => pick(under, true, place.wholeRow));
  };
  return { onPointerDown, onDoubleClick: onSecond };
}

/** Reports the places under the held pointer, scrolling `grid` while it is beyond its edges; the result ends it. */
function followDrag(grid: HTMLElement, onPlace: (place: BodyPosition) => void): () => void {
  let [x, y] = [0, 0];
  let frame: number | undefined;
  let last = '';
  const report = () => {
    const box = grid.getBoundingClientRect();
    const inside = (at: number, from: number, to: number) => Math.min(Math.max(at, from + 1), to - 1);
    const under = document.elementFromPoint(
      inside(x, box.left, box.left + grid.clientWidth),
      inside(y, box.top + HEADER_PX, box.top + grid.clientHeight),
    );
    const place = under === null || !grid.contains(under) ? null : placeOf(under);
    const name = JSON.stringify(place);
    if (place !== null && name !== last) onPlace(place);
    last = name;
  };
  const step = () => {
    frame = undefined;
    const box = grid.getBoundingClientRect();
    const left = beyond(x, box.left, box.left + grid.clientWidth);
    const top = beyond(y, box.top + HEADER_PX, box.top + grid.clientHeight);
    if (left !== 0 || top !== 0) {
      grid.scrollBy({ left, top });
      frame = requestAnimationFrame(step);
    }
    report();
  };
  const move = (event: globalThis.PointerEvent) => {
    [x, y] = [event.clientX, event.clientY];
    frame ??= requestAnimationFrame(step);
  };
  const end = () => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', end);
    window.removeEventListener('pointercancel', end);
  };
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', end);
  window.addEventListener('pointercancel', end);
  return end;
}

/** Pixels to scroll for a pointer at `at`; 0 between `from` and `to`. */
function beyond(at: number, from: number, to: number): number {
  const over = at < from ? at - from : Math.max(0, at - to);
  return Math.sign(over) * Math.min(MOST_PX, Math.ceil(Math.abs(over) * SPEED));
}

export function placeOf(target: Element): BodyPosition | null {
  const part = target.closest<HTMLElement>('[data-column], [data-gutter]');
  const row = part?.closest<HTMLElement>('[data-row]');
  if (part === null || !row) return null;
  const { column } = part.dataset;
  return { row: Number(row.dataset.row), column: Number(column ?? 0), wholeRow: column === undefined };
}
