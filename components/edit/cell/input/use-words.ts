import { useKeysText } from '@/components/ui/kbd';
import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { type Draft, emptyTextIsValue } from '@/lib/edit/draft';
import { draftNote } from '@/lib/edit/draft-note';
import { isCounter } from '@/lib/edit/edit-between';
import { readDelta } from '@/lib/edit/finished';

interface Options {
  draft: Draft;
  type: CqlType;
  /** What a counter counts before the edit. */
  value: JsonValue | undefined;
  problem: string | null;
  mayBeNull: boolean;
}

/** What is said below a value that is edited. */
export function useWords({ draft, type, value, problem, mayBeNull }: Options): {
  readonly problem: string | null;
  readonly note: string | null;
} {
  const nullKeys = useKeysText('cellNull');
  if (isCounter(type)) return { problem, note: counterNote(draft, value) };
  const isEmpty = draft.as === 'text' && draft.text.trim() === '' && !emptyTextIsValue(type);
  if (problem !== null && isEmpty && mayBeNull)
    return { problem: `${problem}; for null press ${nullKeys}`, note: null };
  if (draft.as === 'unset' && !mayBeNull) return { problem, note: 'a key column needs a value' };
  return { problem, note: draftNote(draft, type) };
}

function counterNote(draft: Draft, value: JsonValue | undefined): string {
  const delta = draft.as === 'text' ? readDelta(draft.text, value ?? null) : undefined;
  const count = value ?? '0';
  return delta === undefined || 'problem' in delta
    ? `now ${count}: type + or - and a number`
    : `${count} → ${delta.sum}`;
}
