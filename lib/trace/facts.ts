import type { Trace } from '@/lib/contract/traces';
import { formatBytes, formatCount, plural } from '@/lib/text/format';
import { rowsRead, sstablesMerged, TRACE_GROUPS, type TraceGroup } from './groups';
import { type Lane, lanesOf } from './lanes';
import { nodesThatRead } from './messages';
import { formatMicros } from './micros';
import { slowestOf, type Wait } from './waits';

/** What a trace comes to, in numbers. */
export interface TraceFacts {
  readonly durationMicros: number | null;
  readonly coordinator: string | null;
  readonly consistency: string | null;
  readonly statement: string | null;
  /** Nodes that were sent a request, or read their own data. */
  readonly nodesAsked: readonly string[];
  /** Over all replicas: each row counts once for each replica that read it. Null where no node noted it. */
  readonly rowsRead: number | null;
  readonly tombstonesRead: number | null;
  /** The sum over all replicas; null where no node noted it. */
  readonly sstables: number | null;
  /** Of the messages between nodes; null where none was sent, or the release does not note it. */
  readonly bytesSent: number | null;
  readonly events: number;
  readonly groups: readonly { readonly group: TraceGroup; readonly events: number }[];
  readonly slowest: Wait | null;
}

/** @param lanes of the same trace */
export function factsOf(trace: Trace, lanes: readonly Lane[] = lanesOf(trace)): TraceFacts {
  const events = lanes.flatMap((lane) => lane.events);
  const rows = events.flatMap(({ activity }) => rowsRead(activity) ?? []);
  const sstables = events.flatMap(({ activity }) => sstablesMerged(activity) ?? []);
  const sent = events.flatMap(({ message }) => (message?.way === 'sent' ? [message] : []));
  const requests = sent.filter(({ verb }) => !verb.endsWith('_RSP'));
  const bytes = sent.flatMap((message) => message.bytes ?? []);
  const present = new Map<TraceGroup, number>();
  for (const { group } of events) present.set(group, (present.get(group) ?? 0) + 1);
  return {
    durationMicros: trace.durationMicros,
    coordinator: trace.coordinator,
    consistency: trace.parameters.consistency_level ?? null,
    statement: trace.parameters.query ?? null,
    nodesAsked: [...new Set([...nodesThatRead(events), ...requests.map(({ node }) => node)])],
    rowsRead: rows.length === 0 ? null : sum(rows.map((read) => read.rows)),
    tombstonesRead: rows.length === 0 ? null : sum(rows.map(({ tombstones }) => tombstones)),
    sstables: sstables.length === 0 ? null : sum(sstables),
    bytesSent: bytes.length === 0 ? null : sum(bytes),
    events: events.length,
    groups: groupNames().flatMap((group) => {
      const count = present.get(group);
      return count === undefined ? [] : [{ group, events: count }];
    }),
    slowest: slowestOf(lanes, trace.durationMicros),
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

function groupNames(): readonly TraceGroup[] {
  const isGroup = (name: string): name is TraceGroup => name in TRACE_GROUPS;
  return Object.keys(TRACE_GROUPS).filter(isGroup);
}

const NOT_NOTED = 'not in the trace';

/** The facts as lines of a table: one way for a trace alone, two side by side, and as text. */
export function factLines(facts: TraceFacts, returnedRows: number | null): readonly (readonly [string, string])[] {
  const { durationMicros, coordinator, consistency, nodesAsked, rowsRead: rows, tombstonesRead, bytesSent } = facts;
  const returned = returnedRows === null ? '' : ` for ${plural(returnedRows, 'row')} returned`;
  return [
    ['Duration', durationMicros === null ? 'not written yet' : formatMicros(durationMicros)],
    ['Coordinator', coordinator ?? NOT_NOTED],
    ['Consistency', consistency ?? NOT_NOTED],
    ['Nodes asked', nodesAsked.length === 0 ? NOT_NOTED : `${nodesAsked.length}: ${nodesAsked.join(', ')}`],
    ['Rows read', rows === null ? NOT_NOTED : `${formatCount(rows)} on all replicas${returned}`],
    ['Tombstones read', tombstonesRead === null ? NOT_NOTED : formatCount(tombstonesRead)],
    ['SSTables', facts.sstables === null ? NOT_NOTED : `${formatCount(facts.sstables)} on all replicas`],
    ['Sent between nodes', bytesSent === null ? NOT_NOTED : formatBytes(bytesSent)],
    ['Longest wait', facts.slowest === null ? NOT_NOTED : waitWords(facts.slowest)],
  ];
}

/** `12.4 ms for 10.0.0.2, there and back (READ_REQ): it noted 1.20 ms of work, the rest is …`. */
function waitWords({ node, verb, after, micros, workedMicros }: Wait): string {
  const time = formatMicros(micros);
  if (verb === null) return `${time} on the coordinator, after “${after}”`;
  const there = `${time} for ${node}, there and back (${verb})`;
  if (workedMicros === null) return `${there}: the trace has nothing of it from there`;
  return `${there}: it noted ${formatMicros(workedMicros)} of work, the rest is network, queue or a pause`;
}
