import { useMemo, useState } from 'react';
import * as z from 'zod/mini';
import { useStored } from '@/components/ui/stored-state';
import type { TablePlace } from '@/lib/client/place';
import { consistencySchema, serialConsistencySchema } from '@/lib/contract/common';
import type { MutationOptions } from '@/lib/contract/mutations';

const keptSchema = z.object({
  mode: z.enum(['guarded', 'plain']),
  consistency: consistencySchema,
  serialConsistency: serialConsistencySchema,
  batch: z.enum(['row', 'partition', 'logged']),
});

const FALLBACK: z.infer<typeof keptSchema> = {
  ...{ mode: 'guarded', consistency: 'LOCAL_QUORUM', serialConsistency: 'SERIAL', batch: 'row' },
};

/**
 * How changes of a table are run, as it was chosen last in this browser. The rule for TTLs is not kept: one that was meant for
 * other rows would make these expire.
 */
export function useReviewOptions({ cluster, keyspace, table }: TablePlace) {
  const [kept, stored] = useStored({
    key: `ringside.edit.options.${JSON.stringify([cluster, keyspace, table])}`,
    schema: keptSchema,
    fallback: FALLBACK,
  });
  const [ttl, setTtl] = useState<MutationOptions['ttl']>('keep');
  const options = useMemo((): MutationOptions => ({ ...kept, ttl }), [kept, ttl]);
  const change = (next: Partial<MutationOptions>) => {
    const { ttl: nextTtl, mode, consistency, serialConsistency, batch } = { ...options, ...next };
    setTtl(nextTtl);
    stored.update(() => ({ mode, consistency, serialConsistency, batch }));
  };
  return [options, change] as const;
}
