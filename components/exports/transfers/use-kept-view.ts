import { useMemo } from 'react';
import * as z from 'zod/mini';
import { useStored } from '@/components/ui/stored-state';

/** Ids are small, and nobody looks for the export before the last two hundred. */
const MOST_IDS = 200;

const KEPT = {
  key: 'ringside.exports',
  schema: z.object({ started: z.array(z.string()), clearedUpTo: z.nullable(z.string()) }),
  fallback: { started: [], clearedUpTo: null },
};

/** What this browser has started, and up to where it has cleared away what has ended. */
export function useKeptView() {
  const [{ started, clearedUpTo }, stored] = useStored<z.infer<typeof KEPT.schema>>(KEPT);
  return {
    started: useMemo(() => new Set(started), [started]),
    clearedUpTo,
    addStarted: (id: string) => stored.update((kept) => ({ ...kept, started: [...kept.started, id].slice(-MOST_IDS) })),
    clearUpTo: (mark: string) => stored.update((kept) => ({ ...kept, clearedUpTo: mark })),
  };
}
export type KeptView = ReturnType<typeof useKeptView>;
