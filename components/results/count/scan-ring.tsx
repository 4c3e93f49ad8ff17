import clsx from 'clsx';
import { formatShare, plural } from '@/lib/text/format';
import { arcPath, type RingState, ringCounts, ringRuns } from './ring-runs';

const VIEW = 40;
const CENTRE = VIEW / 2;

const STROKES: Record<RingState, string> = {
  '.': 'stroke-line',
  d: 'stroke-accent',
  r: 'stroke-accent/45',
  t: 'stroke-warn',
  x: 'stroke-danger',
};

const WORDS: Record<RingState, string> = {
  '.': 'not started',
  d: 'done',
  r: 'being read',
  t: 'retried',
  x: 'given up',
};

interface ScanRingProps {
  /** Names the progress: "Share of the ring exported from flights.airports". */
  label: string;
  /** The drawn ring's parts; null where the read does not follow the ring. */
  parts: string | null;
  /** 0 to 1; null: unknown. */
  fraction: number | null;
  running: boolean;
  /** In pixels. */
  size?: number;
  className?: string | undefined;
}

/** The token ring, filling as its ranges are read: retried ones in amber, given up ones in red. */
export function ScanRing({ label, parts, fraction, running, size = 40, className }: ScanRingProps) {
  const percent = fraction === null ? null : Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  const large = size > 2 * VIEW;
  const radius = large ? 18 : 16.5;
  const width = large ? 3 : 5;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { 'aria-valuenow': percent })}
      aria-valuetext={ringText(parts, fraction)}
      className={clsx('relative shrink-0', className)}
      style={{ width: size, height: size }}
    >
      <svg viewBox={`0 0 ${VIEW} ${VIEW}`} width={size} height={size} aria-hidden="true" focusable="false">
        <g fill="none" strokeWidth={width}>
          <circle cx={CENTRE} cy={CENTRE} r={radius} className={STROKES['.']} />
          {parts === null ? (
            <Plain fraction={fraction} running={running} radius={radius} />
          ) : (
            ringRuns(parts)
              .filter(({ state }) => state !== '.')
              .map((run) => <path key={run.start} d={arcPath(run, CENTRE, radius)} className={STROKES[run.state]} />)
          )}
        </g>
      </svg>
      {large && fraction !== null && (
        <span aria-hidden="true" className="absolute inset-0 flex items-center justify-center font-medium text-lg">
          {formatShare(fraction)}
        </span>
      )}
    </div>
  );
}

/** Without ranges to show: the known share, or just that something is running. */
function Plain({ fraction, running, radius }: { fraction: number | null; running: boolean; radius: number }) {
  if (fraction !== null && fraction > 0) {
    return <path d={arcPath({ start: 0, sweep: Math.min(1, fraction) }, CENTRE, radius)} className={STROKES.d} />;
  }
  if (!running) return null;
  return (
    <circle
      cx={CENTRE}
      cy={CENTRE}
      r={radius}
      className={clsx(STROKES.r, 'motion-safe:animate-[shimmer_1.6s_infinite]')}
    />
  );
}

/** The picture in words. */
function ringText(parts: string | null, fraction: number | null): string {
  const share = fraction === null ? 'progress unknown' : `${formatShare(fraction)} of the ring`;
  if (parts === null) return share;
  const counts = ringCounts(parts);
  const others = (['r', 't', 'x'] as const)
    .filter((state) => counts[state] > 0)
    .map((state) => `${plural(counts[state], 'part')} ${WORDS[state]}`);
  return [share, ...others].join(', ');
}

/** What the ring's colours mean, with the number of drawn parts of each. */
export function RingLegend({ parts }: { parts: string }) {
  const counts = ringCounts(parts);
  return (
    <ul className="space-y-0.5 text-muted text-xs">
      {(['d', 'r', 't', 'x', '.'] as const).map((state) => (
        <li key={state} className="flex items-center gap-2">
          <svg width={12} height={8} aria-hidden="true" focusable="false">
            <path d="M0 4H12" strokeWidth={6} className={STROKES[state]} />
          </svg>
          <span className="w-8 text-right">{counts[state]}</span> {WORDS[state]}
        </li>
      ))}
    </ul>
  );
}
