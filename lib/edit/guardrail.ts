import type { ApiError } from '@/lib/contract/errors';

/** Guardrails that changes of rows meet, 4.1 and later (`db/guardrails/Guardrails.java`), and what helps. */
const ADVICE: readonly (readonly [name: RegExp, advice: string])[] = [
  [
    /^user_timestamps$/,
    'Run it guarded: a guarded change sends no timestamp. Delete the rows of a range or a partition one by one.',
  ],
  [
    /^read_before_write_list_operations$/,
    'Write the whole list, or add to its ends: an element by its index needs a read.',
  ],
  [/^write_consistency_levels$/, 'Choose another consistency level.'],
  [
    /^(collection_size|items_per_collection)$/,
    'Keep fewer or smaller elements in it, or change single elements: only what a statement writes is counted.',
  ],
  [/^column_\w*value_size$/, 'Write a smaller value.'],
];
const OTHER = 'The administrators of the cluster set it in cassandra.yaml.';

/** The guardrail that refused; null: none did. */
export function guardrailName({ message, detail = '' }: Pick<ApiError, 'message' | 'detail'>): string | null {
  return /Guardrail (\w+) violated/.exec(`${detail} ${message}`)?.[1] ?? null;
}

/** What to do about a refusal by a guardrail; null: it is none. */
export function guardrailAdvice(error: Pick<ApiError, 'message' | 'detail'>): string | null {
  const name = guardrailName(error);
  if (name === null) return null;
  return ADVICE.find(([one]) => one.test(name))?.[1] ?? OTHER;
}
