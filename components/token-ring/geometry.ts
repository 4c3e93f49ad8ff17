import type { Arc } from '@/lib/ring/arcs';

/** The picture is square, this many units wide, with the ring's center in its center. */
export const VIEW = 400;
const CENTRE = VIEW / 2;

export interface Band {
  readonly inner: number;
  readonly outer: number;
}

/** Where the arcs are; the band around it marks the arc that is pointed at. */
export const RING_BAND: Band = { inner: 146, outer: 184 };
export const LIT_BAND: Band = { inner: 188, outer: 196 };
/** The hit area is wider than the ring, for fingers. */
const HIT_BAND: Band = { inner: 100, outer: 200 };

/** A point at a share of the circle (0 at the top, clockwise) and a distance from the middle, as `x y`. */
export function pointAt(share: number, radius: number): string {
  const angle = share * 2 * Math.PI;
  return `${round(CENTRE + radius * Math.sin(angle))} ${round(CENTRE - radius * Math.cos(angle))}`;
}

/** Path data of an arc between two radii. The whole circle is two rings, because SVG draws no arc back to its own start. */
export function arcPath({ start, sweep }: Pick<Arc, 'start' | 'sweep'>, { inner, outer }: Band): string {
  if (sweep >= 1 - 1e-9) return `${circlePath(outer, 1)}${circlePath(inner, 0)}`;
  const end = start + sweep;
  const large = sweep > 0.5 ? 1 : 0;
  return (
    `M${pointAt(start, outer)}A${outer} ${outer} 0 ${large} 1 ${pointAt(end, outer)}` +
    `L${pointAt(end, inner)}A${inner} ${inner} 0 ${large} 0 ${pointAt(start, inner)}Z`
  );
}

/** One path for all arcs of a node: a ring of 1,500 vnodes is then as many shapes as it has nodes. */
export function nodePaths(arcs: readonly Arc[], band: Band): Map<string, string> {
  const parts = new Map<string, string[]>();
  for (const arc of arcs) {
    const own = parts.get(arc.address);
    if (own === undefined) parts.set(arc.address, [arcPath(arc, band)]);
    else own.push(arcPath(arc, band));
  }
  return new Map([...parts].map(([address, own]) => [address, own.join('')]));
}

/** The share of the circle under a point of the picture (in its units); undefined off the ring. */
export function shareAt(x: number, y: number): number | undefined {
  const radius = Math.hypot(x - CENTRE, y - CENTRE);
  if (radius < HIT_BAND.inner || radius > HIT_BAND.outer) return undefined;
  const share = Math.atan2(x - CENTRE, CENTRE - y) / (2 * Math.PI);
  return share < 0 ? share + 1 : share;
}

function circlePath(radius: number, clockwise: 0 | 1): string {
  const arc = `A${radius} ${radius} 0 1 ${clockwise}`;
  return `M${pointAt(0, radius)}${arc} ${pointAt(0.5, radius)}${arc} ${pointAt(0, radius)}Z`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
