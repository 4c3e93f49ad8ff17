import { type RefObject, useEffect } from 'react';
import { type Arc, arcIndexOf, tokenAtShare } from '@/lib/ring/arcs';
import { shareAt, VIEW } from './geometry';

/**
 * Reports which arc the pointer is over (undefined: none) and which was clicked. One set of listeners serves the whole
 * picture: the arc follows from the angle, so that arcs need no elements.
 */
export function usePointedArc(
  picture: RefObject<SVGSVGElement | null>,
  arcs: readonly Arc[],
  onPoint: (arc: number | undefined) => void,
  onPick: (arc: number | undefined) => void,
): void {
  useEffect(() => {
    const element = picture.current;
    if (element === null) return;
    const arcUnder = (event: PointerEvent | MouseEvent) => {
      const box = element.getBoundingClientRect();
      const scale = VIEW / box.width;
      const share = shareAt((event.clientX - box.left) * scale, (event.clientY - box.top) * scale);
      return share === undefined || arcs.length === 0 ? undefined : arcIndexOf(arcs, tokenAtShare(share));
    };
    const point = (event: PointerEvent) => onPoint(arcUnder(event));
    const leave = () => onPoint(undefined);
    const pick = (event: MouseEvent) => onPick(arcUnder(event));
    element.addEventListener('pointermove', point);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('click', pick);
    return () => {
      element.removeEventListener('pointermove', point);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('click', pick);
    };
  }, [picture, arcs, onPoint, onPick]);
}
