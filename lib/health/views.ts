import type { NodeState } from '@/lib/contract/topology';
import type { ClusterFacts, NodeFacts } from './facts';
import { rowsOf } from './facts';

/** What one node sees of another. */
export interface View {
  readonly observer: string;
  readonly state: NodeState;
  readonly at: string;
}

/** A node that does not answer, or that somebody does not see up, with what each of the others sees by gossip, where it knows. */
export interface DoubtedNode {
  readonly node: NodeFacts;
  readonly views: readonly View[];
}

/** Several rules ask for the same facts, and a large ring has a million views. */
const kept = new WeakMap<ClusterFacts, readonly DoubtedNode[]>();

/** A node always sees itself up, so its own view is not among them. */
export function doubtedNodes(facts: ClusterFacts): readonly DoubtedNode[] {
  const found = kept.get(facts) ?? findDoubted(facts);
  kept.set(facts, found);
  return found;
}

function findDoubted(facts: ClusterFacts): DoubtedNode[] {
  const views = new Map<string, View[]>();
  for (const { hostId, silence } of facts.nodes) if (silence !== null) views.set(hostId, []);
  for (const { row } of knownViews(facts)) if (row.state.state !== 'up') views.set(row.hostId, []);
  for (const { observer, row, at } of knownViews(facts)) {
    views.get(row.hostId)?.push({ observer: observer.node, state: row.state, at });
  }
  return facts.nodes.flatMap((node): DoubtedNode[] => {
    const seen = views.get(node.hostId);
    return seen === undefined ? [] : [{ node, views: seen }];
  });
}

function* knownViews({ nodes }: ClusterFacts) {
  for (const observer of nodes) {
    const gossip = rowsOf(observer, 'gossip');
    for (const row of gossip?.rows ?? []) {
      if (row.hostId === observer.hostId || row.state.state === 'unknown') continue;
      yield { observer, row, at: gossip?.askedAt ?? '' };
    }
  }
}
