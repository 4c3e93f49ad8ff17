import { useCallback } from 'react';
import * as z from 'zod/mini';
import { useStored } from '@/components/ui/stored-state';
import { consistencySchema, pageRowsSchema, serialConsistencySchema, timeoutMsSchema } from '@/lib/contract/common';

const runOptionsSchema = z.object({
  /** Null: the cluster's default. */
  consistency: z.nullable(consistencySchema),
  pageRows: z.nullable(pageRowsSchema),
  trace: z.boolean(),
  serialConsistency: z.optional(z.nullable(serialConsistencySchema)),
  timeoutMs: z.optional(z.nullable(timeoutMsSchema)),
});
export type RunOptions = z.infer<typeof runOptionsSchema>;

const NONE_CHOSEN: RunOptions = { consistency: null, pageRows: null, trace: false };

/** The last choices under the editor, kept for the next statement and the next visit. */
export function useRunOptions(cluster: string): [RunOptions, (change: Partial<RunOptions>) => void] {
  const [options, stored] = useStored({
    key: `ringside.query.options.${cluster}`,
    schema: runOptionsSchema,
    fallback: NONE_CHOSEN,
  });
  const change = useCallback(
    (next: Partial<RunOptions>) => stored.update((current) => ({ ...current, ...next })),
    [stored],
  );
  return [options, change];
}
