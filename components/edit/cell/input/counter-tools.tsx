import { type Draft, typedDraft } from '@/lib/edit/draft';
import { readDelta } from '@/lib/edit/finished';
import { Tool } from './draft-tools';

/** Adds one to what is added to a counter, or takes one from it. */
export function CounterTools({ draft, onDraft }: { draft: Draft; onDraft: (draft: Draft) => void }) {
  const delta = draft.as === 'text' ? readDelta(draft.text, null) : undefined;
  const by = delta === undefined || 'problem' in delta ? 0n : delta.by;
  const change = (step: bigint) => onDraft(typedDraft(by + step < 0n ? String(by + step) : `+${by + step}`));
  return (
    <>
      <Tool label="Add one" onPress={() => change(1n)}>
        +1
      </Tool>
      <Tool label="Take one away" onPress={() => change(-1n)}>
        −1
      </Tool>
    </>
  );
}
