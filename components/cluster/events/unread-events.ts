import { type UnreadPart, unreadIn } from '@/lib/client/unread-parts';
import { EVENT_TOPICS } from '@/lib/contract/events';

/** The parts of a query string that choose events and cannot be read. */
export function unreadEventParts(search: string): readonly UnreadPart[] {
  return unreadIn(search, {
    about: {
      canRead: (text) => EVENT_TOPICS.some((topic) => topic === text),
      expected: `expected one of ${EVENT_TOPICS.join(', ')}`,
    },
    node: { canRead: (text) => text !== '', expected: 'expected the address of a node' },
  });
}
