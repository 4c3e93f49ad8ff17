import type { Direction } from './read-events';
import type { More, ReadState } from './read-state';

/** Pages read automatically while nobody scrolls: enough to fill a view with short pages. Beyond that, a person decides. */
export const PAGES_UNASKED = 4;

interface ReadSituation extends Pick<ReadState, 'phase' | 'mode'> {
  readonly direction: Direction;
  /** A continuous read was interrupted for rows above. */
  readonly goesOn: boolean;
  /** Pages read automatically since somebody last scrolled. */
  readonly unasked: number;
}

/**
 * What is read automatically for a view that is `near` ends with more rows. `turn`: a continuous read downwards is
 * interrupted for a page above; `go_on`: it continues; `below`, `above`: a page there.
 */
export function readUnasked(
  { phase, mode, direction, goesOn, unasked }: ReadSituation,
  near: More,
): 'turn' | 'go_on' | 'below' | 'above' | null {
  const isAllowed = unasked < PAGES_UNASKED;
  if (phase === 'reading' && mode === 'on' && direction === 'down' && near.above && isAllowed) return 'turn';
  if (phase !== 'paused') return null;
  if (goesOn && (!near.above || !isAllowed)) return 'go_on';
  if (!isAllowed) return null;
  if (near.below) return 'below';
  return near.above ? 'above' : null;
}
