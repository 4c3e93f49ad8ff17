import { unreadParts } from '@/lib/browse/unread-address';
import type { UnreadPart } from '@/lib/client/unread-parts';
import { type SearchState, useSearchState } from '@/lib/client/use-search-state';

const UNREAD: SearchState<readonly UnreadPart[]> = { read: unreadParts, write: (search) => search };

/** What of the page's address cannot be read as a view of a table. */
export function useUnread(): readonly UnreadPart[] {
  const [parts] = useSearchState(UNREAD);
  return parts;
}
