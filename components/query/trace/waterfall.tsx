import clsx from 'clsx';
import { useMemo } from 'react';
import { Badge } from '@/components/ui/badge';
import { focusableWhileScrolling } from '@/components/ui/focus';
import { Shown } from '@/components/ui/shown';
import { TRACE_GROUPS, type TraceGroup } from '@/lib/trace/groups';
import type { Lane, LaneEvent } from '@/lib/trace/lanes';
import { clockText, formatMicros } from '@/lib/trace/micros';
import { foldedAxis, type Stretch, shareAt } from '@/lib/trace/scale';
import type { Wait } from '@/lib/trace/waits';

interface WaterfallProps {
  lanes: readonly Lane[];
  slowest: Wait | null;
}

/** The colour of a group's bars; what is read beside the bar says the group in words. */
const FILLS: Readonly<Partial<Record<TraceGroup, string>>> = {
  replicas: 'fill-accent',
  reading: 'fill-ok',
  sstables: 'fill-ok',
  memtable: 'fill-ok',
  tombstones: 'fill-warn',
  readRepair: 'fill-warn',
  speculative: 'fill-warn',
  hints: 'fill-warn',
  failure: 'fill-danger',
};

/** Each node's events by its own elapsed time, each with a bar until the next. Nodes are not set against each other. */
export function Waterfall({ lanes, slowest }: WaterfallProps) {
  const axis = useMemo(() => foldedAxis(lanes.flatMap(timesOf)), [lanes]);
  const path = useMemo(() => new Set(slowest?.path), [slowest]);
  const folds = axis.filter(({ isFolded }) => isFolded);
  return (
    <section aria-label="Waterfall" className="flex flex-col gap-3 text-xs">
      <p className="text-muted">
        Each node counts from when it began; a bar lasts until the node’s next event.
        {folds.length > 0 &&
          ` Folded: ${folds.map(({ fromMicros, toMicros }) => formatMicros(toMicros - fromMicros)).join(', ')} without any event.`}
        {slowest !== null && ' The path that took longest is marked.'}
      </p>
      {lanes.map((lane) => (
        <LaneView key={lane.node} lane={lane} axis={axis} path={path} />
      ))}
    </section>
  );
}

function timesOf({ events }: Lane): number[] {
  return events.flatMap(({ offsetMicros }) => (offsetMicros === null ? [] : [offsetMicros]));
}

interface LaneViewProps {
  lane: Lane;
  axis: readonly Stretch[];
  path: ReadonlySet<number>;
}

function LaneView({ lane, axis, path }: LaneViewProps) {
  const { node, isCoordinator, events, spanMicros, visits } = lane;
  const first = events.find(({ atMicros }) => atMicros !== null)?.atMicros ?? null;
  return (
    <section aria-label={`Node ${node}`}>
      <h3 className="flex flex-wrap items-baseline gap-2 border-line border-b pb-1">
        <span className="font-mono font-medium">
          <Shown text={node} as="name" />
        </span>
        {isCoordinator && <Badge tone="accent">coordinator</Badge>}
        <span className="font-normal text-muted">
          {formatMicros(spanMicros)} from its first event to its last
          {visits > 1 && `, in ${visits} parts`}
          {first !== null && ` · its clock at the first: ${clockText(first)}`}
        </span>
      </h3>
      <ol ref={focusableWhileScrolling} className="thin-scrollbar overflow-x-auto">
        {events.map((event) => (
          <EventLine key={event.index} event={event} axis={axis} isSlow={path.has(event.index)} />
        ))}
      </ol>
    </section>
  );
}

interface EventLineProps {
  event: LaneEvent;
  axis: readonly Stretch[];
  isSlow: boolean;
}

function EventLine({ event, axis, isSlow }: EventLineProps) {
  const { activity, group, offsetMicros, untilNextMicros, thread, atMicros } = event;
  const clock = atMicros === null ? '' : `its clock: ${clockText(atMicros)}`;
  return (
    <li
      title={[clock, thread].filter(Boolean).join(' · ')}
      className={clsx(
        'flex min-h-6 items-center gap-2 border-l-2 pl-1',
        isSlow ? 'border-danger bg-danger-soft' : 'border-transparent',
      )}
    >
      <span className="w-16 shrink-0 text-right text-muted tabular-nums">
        {offsetMicros === null ? '?' : formatMicros(offsetMicros)}
      </span>
      <Bar event={event} axis={axis} />
      <span className="w-32 shrink-0 truncate text-faint">{TRACE_GROUPS[group]}</span>
      <span className="min-w-64 flex-1 break-words">
        <Shown text={activity} as="line" />
        {untilNextMicros !== null && untilNextMicros > 0 && (
          <span className="text-faint tabular-nums"> +{formatMicros(untilNextMicros)}</span>
        )}
        {isSlow && <span className="sr-only"> (on the path that took longest)</span>}
      </span>
    </li>
  );
}

const LEAST_WIDTH = 0.004;

function Bar({ event, axis }: { event: LaneEvent; axis: readonly Stretch[] }) {
  const { offsetMicros, untilNextMicros, group } = event;
  const start = offsetMicros === null ? 0 : shareAt(axis, offsetMicros);
  const end = offsetMicros === null ? 0 : shareAt(axis, offsetMicros + (untilNextMicros ?? 0));
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      className="h-3 w-40 shrink-0 rounded-sm bg-canvas sm:w-56"
    >
      {axis.map(
        (stretch) =>
          stretch.isFolded && (
            <rect
              key={stretch.fromMicros}
              x={stretch.start * 100}
              width={(stretch.end - stretch.start) * 100}
              height="10"
              className="fill-line-strong"
            />
          ),
      )}
      {offsetMicros !== null && (
        <rect
          x={start * 100}
          width={Math.max(LEAST_WIDTH, end - start) * 100}
          y="2"
          height="6"
          className={FILLS[group] ?? 'fill-muted'}
        />
      )}
    </svg>
  );
}
