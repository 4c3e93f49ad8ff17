import type { Tone } from '@/components/ui/badge';
import type { IndexNodeState } from '@/lib/contract/stats';

const WORDS = { ready: 'ready', building: 'being built', not_ready: 'not usable', unknown: 'unknown' } as const;
const TONES: Readonly<Record<IndexNodeState['state'], Tone>> = {
  ready: 'ok',
  building: 'warn',
  not_ready: 'danger',
  unknown: 'neutral',
};

/** An index on all nodes: in one word where they agree, else node by node. Reads through it need it ready on every node. */
export function indexStateInWords(nodes: readonly IndexNodeState[]): { readonly tone: Tone; readonly words: string } {
  const [first] = nodes;
  if (first === undefined) return { tone: 'neutral', words: 'unknown: no node has reported it' };
  if (nodes.every(({ state }) => state === first.state)) {
    const reason = first.reason === undefined ? '' : `: ${first.reason}`;
    return {
      tone: TONES[first.state],
      words: `${WORDS[first.state]} on ${nodes.length === 1 ? 'the node' : `all ${nodes.length} nodes`}${reason}`,
    };
  }
  const others = nodes.filter(({ state }) => state !== 'ready');
  const worst = (['not_ready', 'building', 'unknown'] as const).find((state) =>
    others.some((node) => node.state === state),
  );
  return {
    tone: TONES[worst ?? 'unknown'],
    words: others.map(({ node, state }) => `${WORDS[state]} on ${node}`).join(', '),
  };
}
