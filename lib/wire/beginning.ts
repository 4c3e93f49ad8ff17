import type { JsonValue } from '@/lib/contract/json';

/**
 * As much of a value as its first `characters` show. If something is left out, the text of the rest is still longer than
 * that, so that the cut is visible.
 */
export function beginningOf(value: JsonValue, characters: number): JsonValue {
  let left = characters;
  return cut(value);

  function cut(part: JsonValue): JsonValue {
    if (typeof part === 'string') return cutText(part);
    if (typeof part !== 'object' || part === null) {
      left--;
      return part;
    }
    return isList(part)
      ? whileShown(part, (element) => cut(element))
      : Object.fromEntries(whileShown(Object.entries(part), ([name, field]) => [cutText(name), cut(field)]));
  }

  /** Cuts at the full limit, not at what is left: whether text in a collection is quoted depends on all that could be shown. */
  function cutText(text: string): string {
    const kept = left < 0 ? '' : text.slice(0, characters + 1);
    left -= kept.length;
    return kept;
  }

  /** An entry takes at least one character: the comma or bracket next to it. */
  function whileShown<Entry, Kept>(entries: readonly Entry[], keep: (entry: Entry) => Kept): Kept[] {
    const kept: Kept[] = [];
    for (const entry of entries) {
      if (left < 0) break;
      left--;
      kept.push(keep(entry));
    }
    return kept;
  }
}

function isList(value: readonly JsonValue[] | { readonly [key: string]: JsonValue }): value is readonly JsonValue[] {
  return Array.isArray(value);
}
