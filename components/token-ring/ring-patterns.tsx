import { PATTERNS, type Pattern } from './appearance';
import { PALETTE } from './palette';

const TILE = 8;

/** Strokes of each pattern within one tile, in the surface's colour over the node's. */
const STROKES: Record<Exclude<Pattern, 'plain'>, string> = {
  stripes: 'M-2 6L2 10M-2 -2L10 10M6 -2L10 2',
  dots: 'M2 2h0M6 6h0',
  backstripes: 'M-2 2L2 -2M-2 10L10 -2M6 10L10 6',
  bars: 'M0 4H8',
  grid: 'M0 4H8M4 0V8',
};

/** The fill that shows a rack, over a node's colour; undefined for the plain one. */
export function patternFill(pattern: Pattern): string | undefined {
  return pattern === 'plain' ? undefined : `url(#ring-${pattern})`;
}

/** A colour of the palette as paint that follows the theme. */
export function colourFill(colour: number): string {
  const { light, dark } = PALETTE[colour % PALETTE.length] ?? { light: 'gray', dark: 'gray' };
  return `light-dark(${light}, ${dark})`;
}

/** Defined once per page: the picture and every swatch use these. */
export function RingPatterns() {
  return (
    <svg className="absolute size-0" aria-hidden="true" focusable="false">
      <defs>
        {PATTERNS.map((pattern) =>
          pattern === 'plain' ? null : (
            <pattern key={pattern} id={`ring-${pattern}`} width={TILE} height={TILE} patternUnits="userSpaceOnUse">
              <path
                d={STROKES[pattern]}
                stroke="var(--surface)"
                strokeWidth={pattern === 'dots' ? 2.5 : 1.5}
                strokeOpacity={0.75}
                strokeLinecap={pattern === 'dots' ? 'round' : 'butt'}
                fill="none"
              />
            </pattern>
          ),
        )}
      </defs>
    </svg>
  );
}
