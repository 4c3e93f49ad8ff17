import type { Node } from '@/lib/contract/topology';
import type { Standing } from '@/lib/ring/loss';

/**
 * One standing from both sources. Coordinators go by gossip, and Ringside by its own try. Where only one of them knows,
 * that one counts; where they contradict each other (a node that died a moment ago, or that is cut off from here alone)
 * the standing is unknown, not down.
 */
export function standingOf({ reachable, gossip }: Pick<Node, 'reachable' | 'gossip'>): Standing {
  const [here, there] = [serves(reachable.state), serves(gossip.state)];
  const known = here ?? there;
  if (known === null || (there !== null && there !== known)) return 'unknown';
  return known ? 'up' : 'down';
}

/** A node that leaves or moves still serves its ranges; one that joins does not yet. Null: not known. */
function serves(state: Node['gossip']['state']): boolean | null {
  switch (state) {
    case 'up':
    case 'leaving':
    case 'moving':
      return true;
    case 'down':
    case 'joining':
      return false;
    case 'unknown':
      return null;
    default:
      return state satisfies never;
  }
}
