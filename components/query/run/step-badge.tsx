import { Badge, type Tone } from '@/components/ui/badge';
import { stepWord } from '@/lib/workbench/outcome-words';
import type { StepEnd, StepState } from '@/lib/workbench/run';

/** How a statement of a run stands, in a word. */
export function StepBadge({ state }: { state: StepState }) {
  const [word, tone] = stateWord(state);
  return <Badge tone={tone}>{word}</Badge>;
}

function stateWord(state: StepState): readonly [string, Tone] {
  switch (state.status) {
    case 'waiting':
      return ['waiting', 'neutral'];
    case 'asking':
      return ['asking', 'warn'];
    case 'running':
      return ['running', 'accent'];
    case 'not_run':
      return ['not run', 'neutral'];
    case 'noted':
      return ['note', 'neutral'];
    case 'ended':
      return endWord(state);
    default:
      return state satisfies never;
  }
}

function endWord(end: StepEnd): readonly [string, Tone] {
  const { word, tone } = stepWord(end);
  return [word, tone];
}
