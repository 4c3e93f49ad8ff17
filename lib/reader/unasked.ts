import type { Direction } from './read-events';
import type { More, Reading } from './reading';

/** Pages read without anybody scrolling: enough to fill a view with short pages, then it is a person's choice. */
export const PAGES_UNASKED = 4;

interface Standing extends Pick<Reading, 'phase' | 'mode'> {
  readonly direction: Direction;
  /** Reading on was put off for rows above. */
  readonly goesOn: boolean;
  /** Pages read since somebody scrolled. */
  readonly unasked: number;
}

/**
 * What is read by itself for a view that is `near` to ends with more rows behind them. `turn`: reading on downwards is
 * put off for a page above; `go_on`: it is taken up again; `below`, `above`: a page there.
 */
export function readUnasked(
  { phase, mode, direction, goesOn, unasked }: Standing,
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
