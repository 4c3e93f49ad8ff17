import { useCallback, useSyncExternalStore } from 'react';
import { keep, keptListeners, readKept } from './storage';

const listeners = keptListeners(null);

/**
 * A text that this browser keeps under a key, shared by its tabs; null: there is none. The change gets what is kept now
 * and gives what is kept from then on; it throws where the browser stores nothing.
 */
export function useStoredText(key: string): [string | null, (change: (now: string | null) => string | null) => void] {
  const text = useSyncExternalStore(
    listeners.subscribe,
    () => readKept(key),
    () => null,
  );
  const put = useCallback(
    (change: (now: string | null) => string | null) => {
      keep(key, change(readKept(key)));
      listeners.notify();
    },
    [key],
  );
  return [text, put];
}
