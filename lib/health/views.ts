import type { NodeState } from '@/lib/contract/topology';
import type { ClusterFacts, NodeFacts } from './facts';
import { rowsOf } from './facts';

/** What one node sees of another. */
export interface View {
  readonly observer: string;
  readonly state: NodeState;
  readonly at: string;
}

/** What the others see of a node by gossip, where they know; a node always sees itself up. */
export function viewsOf({ nodes }: ClusterFacts, subject: NodeFacts): View[] {
  return nodes.flatMap((observer): View[] => {
    const gossip = observer.hostId === subject.hostId ? undefined : rowsOf(observer, 'gossip');
    const view = gossip?.rows.find(({ hostId }) => hostId === subject.hostId);
    if (gossip === undefined || view === undefined || view.state.state === 'unknown') return [];
    return [{ observer: observer.node, state: view.state, at: gossip.askedAt }];
  });
}
