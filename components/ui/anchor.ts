import type { CSSProperties } from 'react';

export type Side = 'top' | 'right' | 'bottom' | 'left';
export type Align = 'start' | 'center' | 'end';

const AREAS = {
  top: { start: 'top span-right', center: 'top', end: 'top span-left' },
  bottom: { start: 'bottom span-right', center: 'bottom', end: 'bottom span-left' },
  left: { start: 'left span-bottom', center: 'left', end: 'left span-top' },
  right: { start: 'right span-bottom', center: 'right', end: 'right span-top' },
} as const satisfies Record<Side, Record<Align, string>>;

/** The style of an element that a surface is anchored to, under the surface's id; it may anchor several. */
export function anchored(style: CSSProperties | undefined, id: string): CSSProperties {
  const names = style?.anchorName === undefined ? `--${id}` : `${style.anchorName}, --${id}`;
  return { ...style, anchorName: names };
}

/** Where a surface is placed; `data-beside` in the style sheet does the rest. */
export function beside(id: string, side: Side, align: Align): CSSProperties {
  return { positionAnchor: `--${id}`, positionArea: AREAS[side][align] };
}
