import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { TablePlace } from '../place';
import { readViews, type SavedView } from './saved-views';

type Change = (views: readonly SavedView[]) => readonly SavedView[];

const NONE = '[]';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** The views of a table that this browser keeps, shared by its tabs; the change throws where the browser stores nothing. */
export function useSavedViews({
  cluster,
  keyspace,
  table,
}: TablePlace): [readonly SavedView[], (change: Change) => void] {
  const key = `ringside.views.${JSON.stringify([cluster, keyspace, table])}`;
  const text = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(key) ?? NONE,
    () => NONE,
  );
  const views = useMemo(() => readViews(text), [text]);
  const change = useCallback(
    (by: Change) => {
      const next = by(readViews(localStorage.getItem(key) ?? NONE));
      if (next.length === 0) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(next));
      for (const listener of listeners) listener();
    },
    [key],
  );
  return [views, change];
}
