import type { JsonValue } from '@/lib/contract/json';

/**
 * As much of a value as its first `characters` take to be shown. Where something is left out, the text of what is kept
 * is still longer than that, so that it is seen to go on.
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

  /** Never to what is left: whether text stands in quotes within a collection is judged by all that could be shown. */
  function cutText(text: string): string {
    const kept = left < 0 ? '' : text.slice(0, characters + 1);
    left -= kept.length;
    return kept;
  }

  /** An entry shows as one character at the least: the comma or bracket beside it. */
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
