/** The states of a part of the ring, as a scan's progress encodes them, the least important first. */
const RING_STATES = ['.', 'd', 'r', 't', 'x'] as const;
export type RingState = (typeof RING_STATES)[number];

/** Neighbouring parts of the ring in the same state. `start` and `sweep` are shares of the circle. */
export interface RingRun {
  readonly state: RingState;
  readonly start: number;
  readonly sweep: number;
}

/** The parts of a drawn ring, joined where neighbours are alike: a half-done ring is two shapes, not a hundred. */
export function ringRuns(parts: string): RingRun[] {
  const runs: { state: RingState; start: number; sweep: number }[] = [];
  const sweep = 1 / parts.length;
  for (const [index, letter] of [...parts].entries()) {
    const state = RING_STATES.find((known) => known === letter) ?? '.';
    const last = runs.at(-1);
    if (last?.state === state) last.sweep += sweep;
    else runs.push({ state, start: index * sweep, sweep });
  }
  return runs;
}

/** How many parts of the ring are in each state. */
export function ringCounts(parts: string): Readonly<Record<RingState, number>> {
  const counts = { '.': 0, d: 0, r: 0, t: 0, x: 0 };
  for (const letter of parts) {
    const state = RING_STATES.find((known) => known === letter);
    if (state !== undefined) counts[state] += 1;
  }
  return counts;
}

/** The path of an arc of a circle, from the top clockwise. The whole circle is two arcs: SVG draws none back to its start. */
export function arcPath({ start, sweep }: Pick<RingRun, 'start' | 'sweep'>, centre: number, radius: number): string {
  const at = (share: number) => {
    const angle = share * 2 * Math.PI;
    return `${round(centre + radius * Math.sin(angle))} ${round(centre - radius * Math.cos(angle))}`;
  };
  const arc = (to: number, large: 0 | 1) => `A${radius} ${radius} 0 ${large} 1 ${at(to)}`;
  if (sweep > 1 - 1e-9) return `M${at(start)}${arc(start + 0.5, 0)}${arc(start + 1, 0)}`;
  return `M${at(start)}${arc(start + sweep, sweep > 0.5 ? 1 : 0)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
