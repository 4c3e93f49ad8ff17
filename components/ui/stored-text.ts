import { useCallback, useSyncExternalStore } from 'react';
import { storageSignal } from './storage-signal';

const { subscribe, tell } = storageSignal();

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
      tell();
    },
    [key],
  );
  return [text, put];
}
