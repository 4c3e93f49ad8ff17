'use client';

import { useCallback, useMemo, useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import type { OpenState } from './tree-model';

const storedSchema = z.record(z.string(), z.boolean());
const NOTHING = '{}';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function parse(text: string): OpenState {
  try {
    return storedSchema.parse(JSON.parse(text));
  } catch {
    // Written by another version or by hand: the tree starts as if nothing had been opened.
    return {};
  }
}

/** What is open in a cluster's tree, remembered by this browser and shared by its tabs. */
export function useOpenState(cluster: string): [OpenState, (id: string, open: boolean) => void] {
  const key = `ringside.tree.${cluster}`;
  const text = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(key) ?? NOTHING,
    () => NOTHING,
  );
  const state = useMemo(() => parse(text), [text]);
  const setOpen = useCallback(
    (id: string, open: boolean) => {
      const before = parse(localStorage.getItem(key) ?? NOTHING);
      localStorage.setItem(key, JSON.stringify({ ...before, [id]: open }));
      for (const listener of listeners) listener();
    },
    [key],
  );
  return [state, setOpen];
}
