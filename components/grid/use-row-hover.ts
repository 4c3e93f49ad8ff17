import { type PointerEvent, useRef } from 'react';

/** Marks the row under the pointer, in each of the boxes that a row is drawn in. */
export function useRowHover() {
  const marked = useRef<readonly Element[]>([]);
  const mark = (rows: readonly Element[]) => {
    for (const row of marked.current) row.removeAttribute('data-hover');
    for (const row of rows) row.setAttribute('data-hover', '');
    marked.current = rows;
  };
  return {
    onPointerOver: ({ target, currentTarget, pointerType }: PointerEvent) => {
      const row = pointerType === 'touch' || !(target instanceof Element) ? null : target.closest('[data-row]');
      if (row !== null && marked.current.includes(row)) return;
      mark(row === null ? [] : [...currentTarget.querySelectorAll(`[data-row="${row.getAttribute('data-row')}"]`)]);
    },
    onPointerLeave: () => mark([]),
  };
}
