import { StatusDot, type Tone } from '@/components/ui/badge';
import type { Node } from '@/lib/contract/topology';

type State = Node['gossip'];

/** How each state of a node looks, on every page. */
export const NODE_TONES: Readonly<Record<State['state'], Tone>> = {
  up: 'ok',
  down: 'danger',
  joining: 'warn',
  leaving: 'warn',
  moving: 'warn',
  unknown: 'neutral',
};

/** A node's state by one source, with its reason below, because "unknown" alone helps no one. */
export function NodeStateBadge({ state }: { state: State }) {
  return (
    <div>
      <span className="inline-flex items-center gap-1.5">
        <StatusDot tone={NODE_TONES[state.state]} />
        {state.state}
      </span>
      {state.reason !== undefined && <Reason text={state.reason} />}
    </div>
  );
}

export function Reason({ text }: { text: string }) {
  return <div className="max-w-64 whitespace-normal text-faint text-xs">{text}</div>;
}

/** Whether any source says that it cannot serve now. */
export function isDown(node: Pick<Node, 'reachable' | 'gossip'>): boolean {
  return node.reachable.state === 'down' || node.gossip.state === 'down';
}

/** Addresses of the nodes that are down. */
export function downAddresses(nodes: readonly Pick<Node, 'address' | 'reachable' | 'gossip'>[]): ReadonlySet<string> {
  return new Set(nodes.filter(isDown).map(({ address }) => address));
}
