'use client';

import { Notice } from '@/components/ui/notice';
import { UnreadParts } from '@/components/ui/unread-parts';
import type { UnreadPart } from '@/lib/client/unread-parts';
import { useSearchState, WHOLE_SEARCH } from '@/lib/client/use-search-state';

/** Names the parts of this page's address that it cannot read, and so leaves out. */
export function UnreadNotice({ unread }: { unread: (search: string) => readonly UnreadPart[] }) {
  const [{ search }] = useSearchState(WHOLE_SEARCH);
  const parts = unread(search);
  if (parts.length === 0) return null;
  return (
    <Notice tone="warn" title="Some of this link cannot be read, and is left out">
      <UnreadParts parts={parts} />
    </Notice>
  );
}
