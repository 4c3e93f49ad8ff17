import type { Trace, TraceEvent } from '@/lib/contract/traces';
import { groupOf, type TraceGroup } from './groups';
import { type Message, messageOf } from './messages';

/** An event in its lane. */
export interface LaneEvent extends TraceEvent {
  /** Position in the trace. */
  readonly index: number;
  readonly group: TraceGroup;
  readonly message: Message | null;
  /** Microseconds from the start of the lane: the node's own elapsed time. Null where the node did not note it. */
  readonly offsetMicros: number | null;
  /** Until the next event of the lane; null for the last. */
  readonly untilNextMicros: number | null;
}

/** What one node did, by its own elapsed time. */
export interface Lane {
  readonly node: string;
  readonly isCoordinator: boolean;
  readonly events: readonly LaneEvent[];
  /** From its first event to its last. */
  readonly spanMicros: number;
  /** How often the node began to count its elapsed time: once for each message that found no trace running there. */
  readonly visits: number;
}

/** A lane for each node: the coordinator's first, the others in the order in which the trace names them. */
export function lanesOf(trace: Pick<Trace, 'coordinator' | 'events'>): readonly Lane[] {
  const events = trace.events.map((event, index) => ({ ...event, index }));
  const nodes = [...new Set(events.map(({ source }) => source))];
  const coordinator = trace.coordinator ?? nodes[0];
  const ordered = [...nodes].sort((one, other) => Number(other === coordinator) - Number(one === coordinator));
  return ordered.map((node) =>
    laneOf(
      node,
      node === coordinator,
      events.filter(({ source }) => source === node),
    ),
  );
}

type Numbered = TraceEvent & { readonly index: number };

interface Placed extends Numbered {
  readonly offsetMicros: number | null;
}

function laneOf(node: string, isCoordinator: boolean, events: readonly Numbered[]): Lane {
  const visits = visitsOf(events);
  const placed = visits.flatMap((visit) => placedVisit(visit, visits[0] ?? []));
  const sorted = [...placed].sort(byOffset);
  const offsets = sorted.flatMap(({ offsetMicros }) => (offsetMicros === null ? [] : [offsetMicros]));
  return {
    node,
    isCoordinator,
    visits: visits.length,
    spanMicros: Math.max(0, (offsets.at(-1) ?? 0) - (offsets[0] ?? 0)),
    events: sorted.map((event, at) => ({
      ...event,
      group: groupOf(event.activity),
      message: messageOf(event),
      untilNextMicros: difference(sorted[at + 1]?.offsetMicros, event.offsetMicros),
    })),
  };
}

/** What a node noted after the request had ended has no elapsed time: it comes last. */
function byOffset({ offsetMicros: one }: Placed, { offsetMicros: other }: Placed): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return one - other;
}

function difference(later: number | null | undefined, earlier: number | null): number | null {
  return later == null || earlier === null ? null : later - earlier;
}

/**
 * A replica counts its elapsed time from the message that brings the trace to it, and from 0 again when another one comes
 * after it has answered (`Tracing.initializeFromMessage`). Threads write a little out of order, so only a received message
 * begins a visit.
 */
function visitsOf(events: readonly Numbered[]): readonly (readonly Numbered[])[] {
  const visits: Numbered[][] = [];
  let most = Number.POSITIVE_INFINITY;
  for (const event of events) {
    const elapsed = event.elapsedMicros ?? most;
    const restarts = elapsed < most && messageOf(event)?.way === 'received';
    const visit = visits.at(-1);
    if (visit === undefined || restarts) {
      visits.push([event]);
      most = elapsed;
    } else {
      visit.push(event);
      most = Math.max(most, elapsed);
    }
  }
  return visits;
}

/** A later visit is placed by the node's own clock, which both visits share. */
function placedVisit(visit: readonly Numbered[], first: readonly Numbered[]): readonly Placed[] {
  const shift = visit === first ? 0 : Math.max(0, (startOf(visit) ?? 0) - (startOf(first) ?? 0));
  return visit.map((event) => ({
    ...event,
    offsetMicros: event.elapsedMicros === null ? null : event.elapsedMicros + shift,
  }));
}

/**
 * When a visit began, by the node's clock. Cassandra takes an event's time in whole milliseconds, rounded down: the latest
 * start that an event allows is the nearest to the truth.
 */
function startOf(events: readonly Pick<TraceEvent, 'atMicros' | 'elapsedMicros'>[]): number | null {
  const starts = events.flatMap(({ atMicros, elapsedMicros }) =>
    atMicros === null || elapsedMicros === null ? [] : [atMicros - elapsedMicros],
  );
  return starts.length === 0 ? null : Math.max(...starts);
}
