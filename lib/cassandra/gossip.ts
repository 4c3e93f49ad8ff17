import 'server-only';
import type { Client, Host } from 'cassandra-driver';
import type { Node } from '@/lib/contract/topology';
import { readFromNode } from './system-reads';

/**
 * What a node's gossip says of the others. `system_views.gossip_info` (4.1 and later) holds no verdict of up or down,
 * but a heartbeat that a living node raises every second: two readings show whether it still beats.
 */

type NodeState = Node['gossip'];

export interface GossipEntry {
  readonly loadBytes: number | null;
  readonly state: NodeState;
}

export interface GossipView {
  /** The node whose view this is. */
  readonly seenBy: string | null;
  /** By host id. */
  readonly nodes: ReadonlyMap<string, GossipEntry>;
  /** Why there is no view. */
  readonly gap?: string;
}

interface Beat {
  readonly generation: number;
  readonly heartbeat: number;
  readonly at: number;
}

/** A beat not raised for this long is a node that is down: the failure detector convicts after about as much. */
const SILENT_MS = 10_000;
/** Two readings closer than this say nothing: heartbeats rise once a second. */
const BEAT_MS = 1_500;

/** Last beats by observer and node. Bounded by the nodes of the configured clusters. */
const beats = new Map<string, Beat>();

/** Asks one node for its view: the first of `observers` that answers. */
export async function readGossip(client: Client, observers: readonly Host[]): Promise<GossipView> {
  let gap = 'no node answered';
  for (const observer of observers) {
    try {
      const first = await readBeats(client, observer);
      if (first.every(({ known }) => known)) return toView(observer, first);
      await new Promise((resolve) => setTimeout(resolve, BEAT_MS));
      return toView(observer, await readBeats(client, observer));
    } catch (error) {
      gap = error instanceof Error ? error.message : String(error);
    }
  }
  return { seenBy: null, nodes: new Map(), gap: `system_views.gossip_info: ${gap}` };
}

interface Reading {
  readonly hostId: string;
  readonly loadBytes: number | null;
  readonly status: string;
  /** Milliseconds since the heartbeat was last seen to rise; 0: it rose just now. */
  readonly silentMs: number;
  /** An earlier reading, old enough to compare with, was there. */
  readonly known: boolean;
}

async function readBeats(client: Client, observer: Host): Promise<Reading[]> {
  const rows = await readFromNode(client, observer, 'SELECT * FROM system_views.gossip_info');
  const now = performance.now();
  return rows.map((row) => {
    const hostId = String(row.get('host_id'));
    const beat = { generation: Number(row.get('generation')), heartbeat: Number(row.get('heartbeat')), at: now };
    const key = `${observer.hostId}/${hostId}`;
    const last = beats.get(key);
    const rose = last === undefined || last.generation !== beat.generation || last.heartbeat !== beat.heartbeat;
    if (rose) beats.set(key, beat);
    const load: unknown = row.get('load');
    return {
      hostId,
      loadBytes: load === null || load === undefined ? null : Math.round(Number(load)),
      status: String(row.get('status_with_port') ?? row.get('status') ?? ''),
      silentMs: rose ? 0 : now - last.at,
      known: last !== undefined && (rose || now - last.at >= BEAT_MS),
    };
  });
}

function toView(observer: Host, readings: readonly Reading[]): GossipView {
  const nodes = new Map(
    readings.map((reading) => [reading.hostId, { loadBytes: reading.loadBytes, state: stateOf(reading) }]),
  );
  return { seenBy: observer.address, nodes };
}

/** @see org.apache.cassandra.gms.VersionedValue for the words of STATUS */
function stateOf({ status, silentMs }: Reading): NodeState {
  const word = status.split(',', 1)[0];
  if (word === 'BOOT' || word === 'BOOT_REPLACE') return { state: 'joining' };
  if (word === 'LEAVING') return { state: 'leaving' };
  if (word === 'MOVING') return { state: 'moving' };
  if (word === 'shutdown') return { state: 'down', reason: 'it announced its shutdown' };
  if (word === 'LEFT' || word === 'removed') return { state: 'down', reason: 'it has left the ring' };
  if (silentMs >= SILENT_MS) {
    return { state: 'down', reason: `no heartbeat for ${Math.round(silentMs / 1_000)} s` };
  }
  return silentMs >= BEAT_MS * 2
    ? { state: 'up', reason: `last heartbeat ${Math.round(silentMs / 1_000)} s ago` }
    : { state: 'up' };
}
