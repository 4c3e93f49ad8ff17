import { useMemo, useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import { Listeners } from '@/lib/listeners';
import { keep, readKept } from './storage';

/** State kept in this browser's localStorage, shared by its tabs. */
export interface Stored<T> {
  get(): T;
  update(change: (current: T) => T): void;
  subscribe(listener: () => void): () => void;
  /** False once the browser refused to keep it (full, or storage turned off): it then lives as long as the page. */
  isKept(): boolean;
}

export interface StoredOptions<T> {
  key: string;
  schema: z.core.$ZodType<T>;
  fallback: T;
  /**
   * The state when another browser tab has written since both had `base`; where absent, the state that was written last is
   * the one.
   */
  merge?: (base: T, own: T, incoming: T) => T;
  /** What is written of the state; all of it where absent. It must be stable: the same after a second time. */
  asKept?: (state: T) => T;
}

/** Writing at each key press would cost more than the key press. */
const WRITE_DELAY_MS = 250;

/** Opens the state under `key`. What is stored there and does not fit the schema counts as absent. */
function openStored<T>({ key, schema, fallback, merge, asKept = (state) => state }: StoredOptions<T>): Stored<T> {
  const place = keptPlace(key, schema);
  let current = place.first ?? fallback;
  /** What this page last read or wrote. */
  let base = current;
  let kept = true;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Takes over what another tab wrote: an event may not have come yet, and a page that slept gets none. */
  const takeOver = () => {
    const incoming = place.changed();
    if (incoming === undefined || JSON.stringify(incoming) === JSON.stringify(asKept(base))) return;
    current = merge === undefined ? incoming : merge(base, current, incoming);
    base = incoming;
    listeners.notify();
  };
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    if (merge !== undefined) takeOver();
    const wasKept = kept;
    kept = place.write(asKept(current));
    if (kept) base = current;
    if (kept !== wasKept) listeners.notify();
  };
  const flush = () => {
    if (timer !== undefined) write();
  };
  const listeners: Listeners = new Listeners(() => {
    const adopt = (event: StorageEvent) => {
      // What waits to be written is merged then.
      if (event.key === key && timer === undefined) takeOver();
    };
    window.addEventListener('storage', adopt);
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('storage', adopt);
      window.removeEventListener('pagehide', flush);
      flush();
    };
  });

  return {
    get: () => current,
    isKept: () => kept,
    update(change) {
      const next = change(current);
      if (next === current) return;
      current = next;
      timer ??= setTimeout(write, WRITE_DELAY_MS);
      listeners.notify();
    },
    subscribe: listeners.subscribe,
  };
}

/** The stored state of a component: opened once for its key; the component re-renders when it changes. */
export function useStored<T>(options: StoredOptions<T>): [T, Stored<T>] {
  const { key, schema, fallback, merge, asKept } = options;
  const stored = useMemo(
    () =>
      openStored({
        ...{ key, schema, fallback },
        ...(merge === undefined ? {} : { merge }),
        ...(asKept === undefined ? {} : { asKept }),
      }),
    [key, schema, fallback, merge, asKept],
  );
  const value = useSyncExternalStore(stored.subscribe, stored.get, () => fallback);
  // Whether it is kept is shown as well.
  useSyncExternalStore(stored.subscribe, stored.isKept, () => true);
  return [value, stored];
}

/** What is kept under a key. Reading a long text and comparing what it says costs more than a key press. */
function keptPlace<T>(key: string, schema: z.core.$ZodType<T>) {
  /** What this page last read or wrote. */
  let last = readKept(key);
  return {
    first: parsed(last, schema),
    /** What another tab has written since; undefined where none has, or nothing that can be used. */
    changed(): T | undefined {
      const text = readKept(key);
      if (text === last) return undefined;
      last = text;
      return parsed(text, schema);
    },
    write(value: T): boolean {
      try {
        const text = JSON.stringify(value);
        keep(key, text);
        last = text;
        return true;
      } catch {
        // Reported through isKept: the page shows that it cannot keep this.
        return false;
      }
    },
  };
}

function parsed<T>(text: string | null, schema: z.core.$ZodType<T>): T | undefined {
  if (text === null) return undefined;
  try {
    return z.safeParse(schema, JSON.parse(text)).data;
  } catch {
    // Text that is not JSON: nothing that can be used is kept.
    return undefined;
  }
}
