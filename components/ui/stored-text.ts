import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/**
 * A text that this browser keeps under a key, shared by its tabs; null: there is none. The change gets what is kept now
 * and gives what is kept from then on; it throws where the browser stores nothing.
 */
export function useStoredText(key: string): [string | null, (change: (now: string | null) => string | null) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(key),
    () => null,
  );
  const put = useCallback(
    (change: (now: string | null) => string | null) => {
      const next = change(localStorage.getItem(key));
      if (next === null) localStorage.removeItem(key);
      else localStorage.setItem(key, next);
      for (const listener of listeners) listener();
    },
    [key],
  );
  return [text, put];
}
