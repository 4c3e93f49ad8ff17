import { Listeners } from '@/lib/listeners';

/**
 * What this browser keeps for the page, and all of its tabs: the one place of the components that touches localStorage.
 * Changes of rows that wait are kept by `lib/changes`.
 */

/** The text under `key`; null: there is none, or storage is turned off. */
export function readKept(key: string): string | null {
  if (typeof window === 'undefined') return null;
  try {
    return window.localStorage.getItem(key);
  } catch {
    // Turned off: as if nothing were kept.
    return null;
  }
}

/**
 * Keeps `text` under `key`; null removes what is there.
 * @throws where the browser stores nothing: its storage is full, or turned off
 */
export function keep(key: string, text: string | null): void {
  if (text === null) window.localStorage.removeItem(key);
  else window.localStorage.setItem(key, text);
}

/** Listeners to what is kept: called by `notify`, and when another tab has changed `key`, or for null anything. */
export function keptListeners(key: string | null, onElsewhere: () => void = () => undefined): Listeners {
  const listeners = new Listeners(() => {
    const onStorage = (event: StorageEvent) => {
      if (key !== null && event.key !== key) return;
      onElsewhere();
      listeners.notify();
    };
    window.addEventListener('storage', onStorage);
    return () => window.removeEventListener('storage', onStorage);
  });
  return listeners;
}
