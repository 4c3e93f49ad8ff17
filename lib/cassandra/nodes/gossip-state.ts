import type { Node } from '@/lib/contract/topology';

/** What can be concluded from a node's gossip entry; nothing here asks or waits. */

type NodeState = Node['gossip'];

/** A beat not raised for this long is a node that is down: the failure detector convicts after about as much. */
const SILENT_MS = 10_000;
/** Two readings closer than this say nothing: heartbeats rise once a second. */
export const BEAT_MS = 1_500;

/** A gossip entry's counters: the generation rises with every start of the node, the heartbeat every second. */
export interface Beat {
  readonly generation: number;
  readonly heartbeat: number;
}

/** How long a heartbeat has stood still, by the readings so far. */
export interface Silence {
  /** Since the beat was last seen to rise, else since it was first seen. */
  readonly silentMs: number;
  /** Has it ever been seen to rise? Until then a node that died long ago looks like one that is about to beat. */
  readonly seenAlive: boolean;
  /** There was an earlier reading, old enough to compare with. */
  readonly comparable: boolean;
}

interface Seen extends Beat {
  readonly atMs: number;
  readonly seenAlive: boolean;
}

/** The last beat of each entry. As many are kept as there are nodes in the configured clusters. */
export class Heartbeats {
  readonly #seen = new Map<string, Seen>();

  /** @param nowMs of a clock that never goes back */
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
 * A node's state by its gossip.
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
  if (!seenAlive) return { state: 'unknown', reason: `no heartbeat in the ${silent} that it has been watched` };
  return silentMs >= BEAT_MS * 2 ? { state: 'up', reason: `last heartbeat ${silent} ago` } : { state: 'up' };
}
