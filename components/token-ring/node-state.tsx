import { StatusDot, type Tone } from '@/components/ui/badge';
import type { Node } from '@/lib/contract/topology';

type State = Node['gossip'];

const TONES: Record<State['state'], Tone> = {
  up: 'ok',
  down: 'danger',
  joining: 'warn',
  leaving: 'warn',
  moving: 'warn',
  unknown: 'neutral',
};

/** A node's state as one source has it; the reason stands below, in view, because "unknown" alone helps no one. */
export function NodeState({ state }: { state: State }) {
  return (
    <div>
      <span className="inline-flex items-center gap-1.5">
        <StatusDot tone={TONES[state.state]} />
        {state.state}
      </span>
      {state.reason !== undefined && <Reason text={state.reason} />}
    </div>
  );
}

export function Reason({ text }: { text: string }) {
  return <div className="max-w-64 whitespace-normal text-faint text-xs">{text}</div>;
}

/** True when any source says that it cannot serve now. */
export function isDown(node: Pick<Node, 'reachable' | 'gossip'>): boolean {
  return node.reachable.state === 'down' || node.gossip.state === 'down';
}
