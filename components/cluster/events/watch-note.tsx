'use client';

import { useNow } from '@/components/shell/use-now';
import { formatAge } from '@/lib/text/format';

/** Since when nothing can have been missed; null: Ringside is not connected. */
export function WatchNote({ since }: { since: string | null }) {
  const now = useNow(5_000);
  return (
    <p className="text-faint text-xs sm:ml-auto">
      {since === null ? (
        'Not watching: no node has been reached.'
      ) : (
        <>
          Watching since{' '}
          <time dateTime={since} title={since}>
            {formatAge(now - Date.parse(since))}
          </time>
          . The schema is looked at every 20 s, settings every 15 min.
        </>
      )}
    </p>
  );
}
