import { PALETTE } from '@/components/token-ring/palette';
import { MOST_LIVE_NODES } from '@/lib/contract/limits';

const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [10, 3, 2, 3]];

/** The colour of each line, as CSS, for light and for dark. */
export const LINE_COLOURS: readonly string[] = PALETTE.slice(0, MOST_LIVE_NODES).map(
  ({ light, dark }) => `light-dark(${light}, ${dark})`,
);

/** Dashes besides the colours, for people who see few of them. */
export const LINE_DASHES: readonly (readonly number[])[] = LINE_COLOURS.map(
  (_, at) => DASHES[at % DASHES.length] ?? [],
);
