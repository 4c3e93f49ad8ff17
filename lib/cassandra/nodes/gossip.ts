import 'server-only';
import type { Client, Host, types } from 'cassandra-driver';
import { gapOf } from '@/lib/cluster/system-tables';
import type { NodeState } from '@/lib/contract/topology';
import { readFromNode } from '../client/system-reads';
import { BEAT_MS, gossipState, Heartbeats, type Silence } from './gossip-state';

interface GossipEntry {
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

const GOSSIP = 'system_views.gossip_info';
const heartbeats = new Heartbeats();

/** Reads the view of one node: the first of `observers` that answers. */
export async function readGossip(client: Client, observers: readonly Host[]): Promise<GossipView> {
  let gap = gapOf(GOSSIP, null, 'no node answered');
  for (const observer of observers) {
    try {
      const first = await readBeats(client, observer);
      if (first.every(({ silence }) => silence.comparable)) return toView(observer, first);
      await new Promise((resolve) => setTimeout(resolve, BEAT_MS));
      return toView(observer, await readBeats(client, observer));
    } catch (error) {
      gap = gapOf(GOSSIP, observer.cassandraVersion, error instanceof Error ? error.message : String(error));
    }
  }
  return { seenBy: null, nodes: new Map(), gap };
}

interface NodeGossip extends GossipEntry {
  readonly hostId: string;
  readonly silence: Silence;
}

async function readBeats(client: Client, observer: Host): Promise<NodeGossip[]> {
  const rows = await readFromNode(client, observer, `SELECT * FROM ${GOSSIP}`);
  return gossipOf(rows, observer);
}

/** One node's view of the others, from the rows of its `system_views.gossip_info`, just read. */
export function gossipOf(rows: readonly types.Row[], observer: Host): NodeGossip[] {
  const now = performance.now();
  return rows.map((row) => {
    const hostId = String(row.get('host_id'));
    const beat = { generation: Number(row.get('generation')), heartbeat: Number(row.get('heartbeat')) };
    const load: unknown = row.get('load');
    const [status, silence] = [
      String(row.get('status_with_port') ?? row.get('status') ?? ''),
      heartbeats.observe(`${observer.hostId}/${hostId}`, beat, now),
    ];
    return {
      hostId,
      loadBytes: load === null || load === undefined ? null : Math.round(Number(load)),
      silence,
      state: gossipState(status, silence),
    };
  });
}

function toView(observer: Host, readings: readonly NodeGossip[]): GossipView {
  const nodes = new Map(readings.map(({ hostId, loadBytes, state }) => [hostId, { loadBytes, state }]));
  return { seenBy: observer.address, nodes };
}
