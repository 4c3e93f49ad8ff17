'use client';

import { formatAge } from '@/components/ui/format';
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
