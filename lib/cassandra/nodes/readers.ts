import 'server-only';
import type { Client } from 'cassandra-driver';
import { INTERVALS_FOR_MS, type Reader, sharedIntervals } from './pace';

const KEY = Symbol.for('ringside.node-readers');

/** Who asks the nodes of a cluster, by the client that it keeps, as in ask-nodes.ts. */
function readersOf(client: Client): Map<string, Reader> {
  const global = globalThis as { [KEY]?: WeakMap<Client, Map<string, Reader>> };
  global[KEY] ??= new WeakMap();
  const readers = global[KEY].get(client) ?? new Map<string, Reader>();
  global[KEY].set(client, readers);
  return readers;
}

/**
 * The intervals of all that asks every node of this cluster now, for `stretchOf`: one budget for all of them together.
 * Whoever calls this asks its own statements for {@link INTERVALS_FOR_MS} more.
 */
export function intervalsNow(client: Client, name: string, everyMs: readonly number[]): readonly number[] {
  const [readers, nowMs] = [readersOf(client), performance.now()];
  readers.set(name, { everyMs, untilMs: nowMs + INTERVALS_FOR_MS });
  return sharedIntervals([...readers.values()], nowMs);
}
