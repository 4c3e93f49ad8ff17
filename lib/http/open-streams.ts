import 'server-only';
import { beginStopping, stoppingFailure } from '@/lib/stopping';
import { countStream } from '@/lib/telemetry/counts';

/** For the last line of a read: its reader takes it within this time, or its transfer is broken off. */
const LAST_LINE_MS = 500;

const KEY = Symbol.for('ringside.open-streams');

interface Open {
  /** Its source ends by itself soon after the server says that it stops: what it sent to Cassandra is awaited. */
  readonly finishes: () => boolean;
  /** Breaks the transfer, so that it cannot look complete. */
  readonly cut: (reason: unknown) => void;
}

interface Streams {
  readonly open: Set<Open>;
  readonly emptied: Set<() => void>;
}

/** The bundler may make several instances of this module: they share the streams. */
function streams(): Streams {
  const global = globalThis as { [KEY]?: Streams };
  global[KEY] ??= { open: new Set(), emptied: new Set() };
  return global[KEY];
}

/** Lists a stream until `end` is called; more calls do nothing. */
export function openStream(stream: Open): { readonly sent: (bytes: number) => void; readonly end: () => void } {
  const { open, emptied } = streams();
  const counted = countStream();
  open.add(stream);
  return {
    sent: counted.sent,
    end: () => {
      counted.end();
      open.delete(stream);
      if (open.size > 0) return;
      for (const done of emptied) done();
      emptied.clear();
    },
  };
}

/**
 * Ends all streams visibly: reads end with a last line that says so, or break if nobody takes it; what writes sends nothing
 * more and ends with what became of what it had sent.
 * @returns once the last has ended
 */
export async function stopStreams(): Promise<void> {
  beginStopping();
  const { open, emptied } = streams();
  if (open.size === 0) return;
  const done = new Promise<void>((resolve) => emptied.add(resolve));
  const timer = setTimeout(() => {
    for (const stream of open) if (!stream.finishes()) stream.cut(stoppingFailure());
  }, LAST_LINE_MS);
  await done.finally(() => clearTimeout(timer));
}
