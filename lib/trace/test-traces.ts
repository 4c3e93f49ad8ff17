import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Trace, type TraceEvent, traceSchema } from '@/lib/contract/traces';

/** Traces for tests: `fixtures` has real ones, each named by its release and what was traced. */

const DIRECTORY = fileURLToPath(new URL('./fixtures/', import.meta.url));

export const RECORDED: readonly string[] = readdirSync(DIRECTORY).map((file) => file.replace(/\.json$/, ''));

export function recordedTrace(name: string): Trace {
  return traceSchema.parse(JSON.parse(readFileSync(`${DIRECTORY}${name}.json`, 'utf8')));
}

const AT_MICROS = 1_760_000_000_000_000;

/** An event at `elapsed` microseconds, on a clock that is right unless `skewMicros` says how far it is ahead. */
export function traceEvent(source: string, elapsed: number | null, activity: string, skewMicros = 0): TraceEvent {
  const atMicros = AT_MICROS + Math.floor(((elapsed ?? 0) + skewMicros) / 1_000) * 1_000;
  return { source, activity, elapsedMicros: elapsed, atMicros, thread: null };
}
