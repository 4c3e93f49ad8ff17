import type { Lane, LaneEvent } from './lanes';

/** What the coordinator waited for: a node's response to a request, or something of its own. */
export interface Wait {
  /** The node that it waited for; the coordinator where it was at work, or idle, by itself. */
  readonly node: string;
  /** The request, such as `READ_REQ`; null where it waited for no response. */
  readonly verb: string | null;
  /** What the coordinator noted at its start. */
  readonly after: string;
  /** Of a request: from sending it until its response. By the coordinator's elapsed time alone. */
  readonly micros: number;
  /** Of a request: from the first to the last that the node noted of it, by its own time. Null where nothing is known. */
  readonly workedMicros: number | null;
  /** Positions in the trace of what lies on this path. */
  readonly path: readonly number[];
}

/** A wait with its ends on the coordinator. */
interface Placed extends Wait {
  readonly from: number;
  readonly to: number;
}

/**
 * What the coordinator waited for longest, by its own elapsed time: no two clocks are set against each other. A response
 * counts if it came before the request ended, and before the coordinator went on without it. Null where there is nothing.
 * @param durationMicros of the request; null: not known yet
 */
export function slowestOf(lanes: readonly Lane[], durationMicros: number | null): Wait | null {
  const coordinator = lanes.find(({ isCoordinator }) => isCoordinator);
  if (coordinator === undefined) return null;
  const end = durationMicros ?? Number.POSITIVE_INFINITY;
  const trips = tripsOf(coordinator, lanes).filter(
    (trip) => trip.to <= end && !wentOn(coordinator, trip) && trip.micros > 0,
  );
  const own = ownGaps(coordinator).filter(
    ({ from, to }) => to <= end && !trips.some((trip) => trip.from <= from && to <= trip.to),
  );
  const [longest] = [...trips, ...own].sort((one, other) => other.micros - one.micros);
  return longest ?? null;
}

/** Each request of the coordinator with its response: those of a verb to one node are answered in their order. */
function tripsOf(coordinator: Lane, lanes: readonly Lane[]): readonly Placed[] {
  const { events } = coordinator;
  const counts = new Map<string, number>();
  return events.flatMap((event): Placed[] => {
    const { message, offsetMicros: from, activity: after } = event;
    if (message?.way !== 'sent' || !message.verb.endsWith('_REQ') || from === null) return [];
    const { node, verb } = message;
    const nth = counts.get(`${node} ${verb}`) ?? 0;
    counts.set(`${node} ${verb}`, nth + 1);
    const answer = received(events, node, verb.replace(/_REQ$/, '_RSP'))[nth];
    if (answer === undefined || answer.offsetMicros === null) return [];
    const visit = visitOn(lanes, { node, verb, nth });
    const path = [event.index, ...visit.map(({ index }) => index), answer.index];
    const to = answer.offsetMicros;
    return [{ node, verb, after, micros: to - from, workedMicros: workedIn(visit), path, from, to }];
  });
}

function received(events: readonly LaneEvent[], node: string, verb: string): readonly LaneEvent[] {
  return events.filter(({ message }) => message?.way === 'received' && message.node === node && message.verb === verb);
}

/** What a node noted of one request: from its arrival to the next message that arrived. */
function visitOn(
  lanes: readonly Lane[],
  { node, verb, nth }: { readonly node: string; readonly verb: string; readonly nth: number },
): readonly LaneEvent[] {
  const events = lanes.find((lane) => lane.node === node)?.events ?? [];
  const arrivals = events.filter(({ message }) => message?.way === 'received' && message.verb === verb);
  const arrival = arrivals[nth];
  if (arrival === undefined) return [];
  const from = events.indexOf(arrival);
  const next = events.findIndex(({ message }, index) => index > from && message?.way === 'received');
  return events.slice(from, next === -1 ? undefined : next);
}

function workedIn(visit: readonly LaneEvent[]): number | null {
  const offsets = visit.flatMap(({ offsetMicros }) => (offsetMicros === null ? [] : [offsetMicros]));
  const [first, last] = [offsets[0], offsets.at(-1)];
  return first === undefined || last === undefined ? null : last - first;
}

/** What a coordinator notes when enough responses have come: a conditional write has several rounds. */
const NEXT_ROUND = ['Reading existing values for CAS', 'CAS ', 'Committing proposal', 'Digest mismatch'];

/** Before this response came, the coordinator began what comes after it: others were enough. */
function wentOn({ events }: Lane, { verb, from, to }: Placed): boolean {
  return events.some(({ message, activity, offsetMicros }) => {
    if (offsetMicros === null || offsetMicros <= from || offsetMicros >= to) return false;
    const isOtherRequest = message?.way === 'sent' && message.verb.endsWith('_REQ') && message.verb !== verb;
    return isOtherRequest || NEXT_ROUND.some((text) => activity.startsWith(text));
  });
}

/** The time between each two events of the coordinator. */
function ownGaps({ node, events }: Lane): readonly Placed[] {
  return events.flatMap((event, at): Placed[] => {
    const { offsetMicros: from, untilNextMicros: micros, activity: after } = event;
    const next = events[at + 1];
    if (from === null || next === undefined || micros === null || micros <= 0) return [];
    const path = [event.index, next.index];
    return [{ node, verb: null, after, micros, workedMicros: null, path, from, to: from + micros }];
  });
}
