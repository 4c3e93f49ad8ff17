import 'server-only';
import { type Client, types } from 'cassandra-driver';
import type { Trace } from '@/lib/contract/traces';
import { isTraceId } from '@/lib/trace/ids';
import { unheardNodes } from '@/lib/trace/messages';
import { Failure, invalidRequest } from '../../failure';
import { orAborted } from './answer';
import type { Cluster } from './cluster';
import { toFailure } from './errors';
import { readSystem } from './system-reads';

const TRIES = 10;
const WAIT_MS = 100;
/** Nodes write a trace within seconds of the response: an older one is read once. */
const WRITTEN_WITHIN_MS = 60_000;

/**
 * A request's trace from `system_traces`. Each node writes its own part after the response, at ANY, and the duration comes
 * last: it is read until it has a duration and events of every node that was sent a message, at most ten times in 4.5
 * seconds. What is incomplete then is returned with a note.
 * @param isEnough what else it must show; it is read again until it does, within the same bounds
 * @throws Failure `not_found` when nothing of it is there, `unauthorized`
 */
export async function readTrace(
  cluster: Cluster,
  traceId: string,
  signal: AbortSignal,
  isEnough: (trace: Trace) => boolean = () => true,
): Promise<Trace> {
  if (!isTraceId(traceId)) {
    throw invalidRequest('That is no trace id: it is a UUID, such as the one after “Tracing session:” in cqlsh.');
  }
  const client = await cluster.client();
  const id = types.Uuid.fromString(traceId);
  const tries = isRecent(id) ? TRIES : 1;
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    const trace = await readNow(client, id).catch((error: unknown) => {
      throw withRights(toFailure(error));
    });
    const gap = trace === null ? null : gapOf(trace);
    if (trace !== null && gap === null && isEnough(trace)) return trace;
    if (attempt >= tries) {
      if (trace === null) throw noTrace(id);
      return gap === null ? trace : { ...trace, gap };
    }
    await orAborted(new Promise((resolve) => setTimeout(resolve, WAIT_MS * attempt)), signal);
  }
}

/** Null: none of it is there. */
async function readNow(client: Client, id: types.Uuid): Promise<Trace | null> {
  // In this order: the duration is written after the coordinator's events.
  const [session] = await readSystem(client, 'SELECT * FROM system_traces.sessions WHERE session_id = ?', [id]);
  const events = await readSystem(client, 'SELECT * FROM system_traces.events WHERE session_id = ?', [id]);
  if (session === undefined && events.length === 0) return null;
  const started: unknown = session?.get('started_at');
  const parameters: unknown = session?.get('parameters');
  return {
    id: String(id),
    coordinator: textOf(session?.get('coordinator')),
    client: textOf(session?.get('client')),
    startedAt: started instanceof Date ? started.toISOString() : null,
    request: textOf(session?.get('request')),
    parameters: typeof parameters === 'object' && parameters !== null ? textsOf(parameters) : {},
    durationMicros: wholeOf(session?.get('duration')),
    events: events.map(toEvent),
  };
}

function toEvent(row: types.Row): Trace['events'][number] {
  const id: unknown = row.get('event_id');
  return {
    activity: String(row.get('activity')),
    source: String(row.get('source')),
    thread: textOf(row.get('thread')),
    elapsedMicros: wholeOf(row.get('source_elapsed')),
    atMicros: id instanceof types.TimeUuid ? microsOf(id) : null,
  };
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

function wholeOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function textsOf(map: object): Record<string, string> {
  const entries = map instanceof Map ? [...map] : Object.entries(map);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/** Microseconds since 1970; the driver has milliseconds, and ticks of 100 ns within one. */
function microsOf(id: types.TimeUuid): number {
  const { date, ticks } = id.getDatePrecision();
  return date.getTime() * 1_000 + Math.floor(ticks / 10);
}

/** Cassandra's own trace ids hold the time of the request; an id of another form may be of any time. */
function isRecent(id: types.Uuid): boolean {
  const time = timeOf(id);
  return time === null || Math.abs(Date.now() - time) < WRITTEN_WITHIN_MS;
}

/** When the id was made, by the coordinator's clock; null where it does not say. */
function timeOf(id: types.Uuid): number | null {
  return id.toString().charAt(14) === '1' ? types.TimeUuid.fromString(id.toString()).getDate().getTime() : null;
}

function gapOf(trace: Trace): string | null {
  if (trace.durationMicros === null)
    return 'Not complete yet: the coordinator has not written how long the request took.';
  if (trace.events.length === 0) return 'Not complete yet: no event has been written.';
  const unheard = unheardNodes(trace.events);
  return unheard.length === 0
    ? null
    : `Not complete yet: nothing from ${unheard.join(', ')}, which was sent a message.`;
}

/** Traces live for 24 hours unless `trace_type_query_ttl` in cassandra.yaml says otherwise. */
const LIFE_MS = 24 * 60 * 60 * 1_000;

function noTrace(id: types.Uuid): Failure {
  const time = timeOf(id);
  const hasExpired = time !== null && Date.now() - time > LIFE_MS;
  return new Failure({
    code: 'not_found',
    message: hasExpired
      ? `The trace ${id} has expired: it is from ${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC.`
      : `There is no trace ${id} in this cluster.`,
    hint: hasExpired
      ? 'Cassandra keeps traces for 24 hours unless cassandra.yaml says otherwise. Run the statement again with Trace on.'
      : 'It may belong to another cluster, or its nodes have not written it yet. Traces expire after 24 hours.',
    retryable: !hasExpired,
  });
}

function withRights(failure: Failure): Failure {
  if (failure.error.code !== 'unauthorized') return failure;
  const hint =
    'Traces are read from system_traces. A superuser can run: GRANT SELECT ON KEYSPACE system_traces TO your role.';
  return new Failure({ ...failure.error, hint }, { cause: failure });
}
