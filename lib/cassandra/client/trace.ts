import 'server-only';
import { types } from 'cassandra-driver';
import type { TraceFrame } from '@/lib/contract/frames';
import type { Cluster } from './cluster';
import { readSystem } from './system-reads';

const TRIES = 10;
const WAIT_MS = 100;

/**
 * A request's trace from `system_traces`. Nodes write it after they respond, so it is read repeatedly until its session
 * has a duration; an incomplete trace is returned with a note.
 */
export async function readTrace(cluster: Cluster, traceId: string, signal: AbortSignal): Promise<TraceFrame> {
  const client = await cluster.client();
  const id = types.Uuid.fromString(traceId);
  for (let attempt = 1; ; attempt++) {
    const [session] = await readSystem(client, 'SELECT * FROM system_traces.sessions WHERE session_id = ?', [id]);
    const duration: unknown = session?.get('duration');
    const whole = typeof duration === 'number';
    if (whole || attempt === TRIES || signal.aborted) {
      const rows = await readSystem(client, 'SELECT * FROM system_traces.events WHERE session_id = ?', [id]);
      return {
        id: traceId,
        coordinator: session ? String(session.get('coordinator')) : null,
        durationMicros: whole ? duration : null,
        events: rows.map(toEvent),
        ...(whole ? {} : { gap: 'The trace is incomplete: some nodes had not written their part yet.' }),
      };
    }
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS * attempt));
  }
}

function toEvent(row: types.Row): TraceFrame['events'][number] {
  const elapsed: unknown = row.get('source_elapsed');
  return {
    activity: String(row.get('activity')),
    source: String(row.get('source')),
    thread: row.get('thread') === null ? null : String(row.get('thread')),
    elapsedMicros: typeof elapsed === 'number' ? elapsed : null,
  };
}
