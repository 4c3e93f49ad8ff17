import type { NodeState } from '@/lib/contract/topology';

/** A heartbeat that stands still for this long means down: Cassandra's failure detector takes about as long. */
const SILENT_MS = 10_000;
/** Two reads closer than this prove nothing: heartbeats rise once a second. */
export const BEAT_MS = 1_500;

/** A gossip entry's counters: the generation rises with every start of the node, the heartbeat every second. */
export interface Beat {
  readonly generation: number;
  readonly heartbeat: number;
}

/** How long a heartbeat has stood still, by the reads so far. */
export interface Silence {
  /** Since the heartbeat was last seen to rise, otherwise since it was first seen. */
  readonly silentMs: number;
  /** Whether it has been seen to rise. Until then a dead node looks like one whose next heartbeat is due. */
  readonly seenAlive: boolean;
  /** An earlier read is old enough to compare with. */
  readonly comparable: boolean;
}

interface Seen extends Beat {
  readonly atMs: number;
  readonly seenAlive: boolean;
}

/** The last heartbeat of each entry: one for each node of the configured clusters. */
export class Heartbeats {
  readonly #seen = new Map<string, Seen>();

  /** @param nowMs of a monotonic clock */
  observe(key: string, beat: Beat, nowMs: number): Silence {
    const last = this.#seen.get(key);
    const rose = last !== undefined && (last.generation !== beat.generation || last.heartbeat !== beat.heartbeat);
    if (last === undefined || rose) this.#seen.set(key, { ...beat, atMs: nowMs, seenAlive: rose });
    if (rose) return { silentMs: 0, seenAlive: true, comparable: true };
    const silentMs = last === undefined ? 0 : nowMs - last.atMs;
    return { silentMs, seenAlive: last?.seenAlive ?? false, comparable: silentMs >= BEAT_MS };
  }
}

/**
 * A node's state by its gossip entry.
 * @param status the entry's STATUS; org.apache.cassandra.gms.VersionedValue has its words
 */
export function gossipState(status: string, { silentMs, seenAlive }: Silence): NodeState {
  const word = status.split(',', 1)[0];
  if (word === 'shutdown') return { state: 'down', reason: 'it announced its shutdown' };
  if (word === 'LEFT' || word === 'removed') return { state: 'down', reason: 'it has left the ring' };
  const silent = `${Math.round(silentMs / 1_000)} s`;
  if (silentMs >= SILENT_MS) return { state: 'down', reason: `no heartbeat for ${silent}` };
  if (word === 'BOOT' || word === 'BOOT_REPLACE') return { state: 'joining' };
  if (word === 'LEAVING') return { state: 'leaving' };
  if (word === 'MOVING') return { state: 'moving' };
  if (!seenAlive) return { state: 'unknown', reason: `no heartbeat in the ${silent} since Ringside first looked` };
  return silentMs >= BEAT_MS * 2 ? { state: 'up', reason: `last heartbeat ${silent} ago` } : { state: 'up' };
}
