import { useMemo } from 'react';
import { type UnreadPart, unreadParts } from '@/lib/browse/unread-address';
import { useLocationSearch } from '@/lib/client/use-location-search';

/** What of the page's address cannot be read as a view of a table. */
export function useUnread(): readonly UnreadPart[] {
  const search = useLocationSearch();
  return useMemo(() => unreadParts(search), [search]);
}
