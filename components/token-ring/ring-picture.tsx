import { useMemo, useRef } from 'react';
import { type Arc, circleShare } from '@/lib/ring/arcs';
import type { NodeLook, RingLook } from './appearance';
import { arcPath, LIT_BAND, nodePaths, pointAt, RING_BAND, VIEW } from './geometry';
import { colourFill, patternFill } from './ring-patterns';
import { usePointedArc } from './use-pointed-arc';

/** Beyond this many arcs lines between them would hide the arcs. */
const MAX_ARCS_WITH_LINES = 200;
const NEEDLE = { inner: 128, outer: 198 };

/** Short lines for the center. */
export interface RingMiddle {
  readonly lines: readonly [string, string];
  /** What is wrong, such as "1 down"; in red. */
  readonly alarm?: string | undefined;
}

type RingPictureProps = {
  arcs: readonly Arc[];
  look: RingLook;
  /** Addresses of nodes to draw pale with a red outline. */
  down: ReadonlySet<string>;
  /** Index of the arc that is described. */
  arc: number | undefined;
  /** Addresses that hold it; all others step back. Undefined: nothing is lit. */
  lit: readonly string[] | undefined;
  /** A key's place, when one is searched for. */
  token: bigint | undefined;
  middle: RingMiddle;
  /** Stretches to mark around the ring, as shares of the circle: ranges that something is wrong with. */
  marks?: readonly Pick<Arc, 'start' | 'sweep'>[] | undefined;
  /** What the picture is of, where it is not about nodes that are down now. */
  label?: string | undefined;
  describedBy: string;
  onPoint: (arc: number | undefined) => void;
  onPick: (arc: number | undefined) => void;
};

/** The token ring. The table that `describedBy` names says the same in words. */
export function RingPicture({ arcs, look, down, arc, lit, token, middle, describedBy, ...rest }: RingPictureProps) {
  const picture = useRef<SVGSVGElement>(null);
  usePointedArc(picture, arcs, rest.onPoint, rest.onPick);
  const paths = useMemo(() => [...nodePaths(arcs, RING_BAND)], [arcs]);
  const current = arc === undefined ? undefined : arcs[arc];
  return (
    <svg
      ref={picture}
      viewBox={`0 0 ${VIEW} ${VIEW}`}
      role="img"
      aria-label={rest.label ?? labelOf(down)}
      aria-describedby={describedBy}
      className="aspect-square w-full max-w-[400px] touch-manipulation select-none"
    >
      {paths.map(([address, path]) => (
        <NodeArcs
          key={address}
          path={path}
          look={look.nodes.get(address)}
          lines={arcs.length <= MAX_ARCS_WITH_LINES}
          opacity={lit === undefined || lit.includes(address) ? (down.has(address) ? 0.35 : 1) : 0.15}
        />
      ))}
      {/* After all arcs, so that no neighbour covers it. */}
      <DownOutlines paths={paths} down={down} isThin={arcs.length > MAX_ARCS_WITH_LINES} />
      <Marks marks={rest.marks} />
      {/* Around the whole ring the mark would only look like a part of it. */}
      {current !== undefined && current.sweep < 1 && (
        <path d={arcPath(widened(current), LIT_BAND)} fill="var(--ink)" className="pointer-events-none" />
      )}
      {token !== undefined && <Needle share={circleShare(token)} />}
      <Middle {...middle} />
    </svg>
  );
}

function NodeArcs(props: { path: string; look: NodeLook | undefined; lines: boolean; opacity: number }) {
  const { path, look, lines, opacity } = props;
  const pattern = look === undefined ? undefined : patternFill(look.pattern);
  return (
    <g opacity={opacity} className="motion-safe:transition-opacity">
      <path
        d={path}
        fillRule="evenodd"
        fill={look === undefined ? 'var(--faint)' : colourFill(look.colour)}
        {...(lines ? { stroke: 'var(--surface)', strokeWidth: 1 } : {})}
      />
      {pattern !== undefined && <path d={path} fillRule="evenodd" fill={pattern} />}
    </g>
  );
}

type DownOutlinesProps = {
  paths: readonly (readonly [address: string, path: string])[];
  down: ReadonlySet<string>;
  isThin: boolean;
};

function DownOutlines({ paths, down, isThin }: DownOutlinesProps) {
  return paths.map(
    ([address, path]) =>
      down.has(address) && (
        <path
          key={address}
          d={path}
          fill="none"
          stroke="var(--danger)"
          strokeWidth={isThin ? 1 : 2.5}
          strokeLinejoin="round"
          className="pointer-events-none"
        />
      ),
  );
}

function Marks({ marks = [] }: Pick<RingPictureProps, 'marks'>) {
  if (marks.length === 0) return null;
  const path = marks.map((mark) => arcPath(widened(mark), LIT_BAND)).join('');
  return <path d={path} fillRule="evenodd" fill="var(--danger)" className="pointer-events-none" />;
}

/** A key's place: from the edge of the center to outside the ring. */
function Needle({ share }: { share: number }) {
  return (
    <g className="pointer-events-none">
      <path
        d={`M${pointAt(share, NEEDLE.inner)}L${pointAt(share, NEEDLE.outer)}`}
        stroke="var(--surface)"
        strokeWidth={6}
      />
      <path
        d={`M${pointAt(share, NEEDLE.inner)}L${pointAt(share, NEEDLE.outer)}`}
        stroke="var(--ink)"
        strokeWidth={2.5}
      />
      <path d={`M${pointAt(share, NEEDLE.inner)}h0`} stroke="var(--ink)" strokeWidth={10} strokeLinecap="round" />
    </g>
  );
}

function labelOf(down: ReadonlySet<string>): string {
  const label = 'Token ring: which node is the primary of which tokens';
  return down.size === 0 ? label : `${label}. Down: ${[...down].join(', ')}`;
}

function Middle({ lines: [first, second], alarm }: RingMiddle) {
  return (
    <g textAnchor="middle" className="pointer-events-none">
      <text x={VIEW / 2} y={VIEW / 2 - 4} fill="var(--ink)" fontSize="17" fontWeight="600">
        {first}
      </text>
      <text x={VIEW / 2} y={VIEW / 2 + 18} fill="var(--muted)" fontSize="14">
        {second}
      </text>
      {alarm !== undefined && (
        <text x={VIEW / 2} y={VIEW / 2 + 40} fill="var(--danger)" fontSize="15" fontWeight="600">
          {alarm}
        </text>
      )}
    </g>
  );
}

/** A vnode can be thinner than a pixel: its mark is not. */
function widened({ start, sweep }: Pick<Arc, 'start' | 'sweep'>): { start: number; sweep: number } {
  const least = 0.006;
  return sweep >= least ? { start, sweep } : { start: start - (least - sweep) / 2, sweep: least };
}
