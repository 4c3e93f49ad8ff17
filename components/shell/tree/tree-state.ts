'use client';

import { useCallback, useMemo } from 'react';
import * as z from 'zod/mini';
import { useStoredText } from '@/components/ui/stored-text';
import type { OpenState } from '@/lib/cluster/tree';
import { parseJson } from '@/lib/contract/json';

const storedSchema = z.record(z.string(), z.boolean());

/** What another version or a person wrote is as if nothing had been opened. */
function parse(text: string | null): OpenState {
  return storedSchema.safeParse(parseJson(text ?? '')).data ?? {};
}

/** What is open in a cluster's tree, kept in this browser and shared by its tabs. */
export function useOpenState(cluster: string): [OpenState, (id: string, open: boolean) => void] {
  const [text, put] = useStoredText(`ringside.tree.${cluster}`);
  const state = useMemo(() => parse(text), [text]);
  const setOpen = useCallback(
    (id: string, open: boolean) => put((now) => JSON.stringify({ ...parse(now), [id]: open })),
    [put],
  );
  return [state, setOpen];
}
