'use client';

import { isDisconnected } from '@/lib/client/http';
import { formatAge } from '@/lib/text/format';
import { useNow } from './use-now';

/** How long ago `asOf` (ISO 8601) was, kept fresh; the exact time is in its title. */
export function Age({ asOf }: { asOf: string }) {
  const now = useNow(5_000);
  return (
    <time dateTime={asOf} title={asOf}>
      read {formatAge(now - Date.parse(asOf))}
    </time>
  );
}

/** The age of what a panel shows and, when reloading failed, why. */
export function ReadNote({ asOf, error }: { asOf: string; error: Error | null }) {
  return (
    <>
      <Age asOf={asOf} />
      {/* While nothing can be reached, the strip above the page says so. */}
      {error !== null && !isDisconnected(error) && <span className="text-warn"> · reload failed: {error.message}</span>}
    </>
  );
}
