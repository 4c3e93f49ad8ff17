import { type UnreadPart, unreadIn } from '@/lib/client/unread-parts';
import { DIRECTIONS, SORTS } from '@/lib/cluster/table-list';

const oneOf = (words: readonly string[]) => ({
  canRead: (text: string) => words.includes(text),
  expected: `expected one of ${words.join(', ')}`,
});

/** The parts of a query string that choose tables and cannot be read. Names are looked for in the list. */
export function unreadTablesParts(search: string): readonly UnreadPart[] {
  return unreadIn(search, { sort: oneOf(SORTS), direction: oneOf(DIRECTIONS), system: oneOf(['true', 'false']) });
}
