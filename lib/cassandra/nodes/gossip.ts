import 'server-only';
import type { Host, types } from 'cassandra-driver';
import type { NodeState } from '@/lib/contract/topology';
import { gossipState, Heartbeats } from './gossip-state';

interface NodeGossip {
  readonly hostId: string;
  readonly loadBytes: number | null;
  readonly state: NodeState;
}

const heartbeats = new Heartbeats();

/** One node's view of the others, from the rows of its `system_views.gossip_info`, just read. */
export function gossipOf(rows: readonly types.Row[], observer: Host): NodeGossip[] {
  const now = performance.now();
  return rows.map((row) => {
    const hostId = String(row.get('host_id'));
    const beat = { generation: Number(row.get('generation')), heartbeat: Number(row.get('heartbeat')) };
    const load: unknown = row.get('load');
    const status = String(row.get('status_with_port') ?? row.get('status') ?? '');
    const silence = heartbeats.observe(`${observer.hostId}/${hostId}`, beat, now);
    return {
      hostId,
      loadBytes: load === null || load === undefined ? null : Math.round(Number(load)),
      state: gossipState(status, silence),
    };
  });
}
