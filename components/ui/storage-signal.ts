/** Who follows what this browser keeps: told by {@link StorageSignal.tell} here, and when another tab has changed it. */
export interface StorageSignal {
  readonly subscribe: (listener: () => void) => () => void;
  readonly tell: () => void;
}

/** @param onElsewhere called before the listeners, when another tab has changed something */
export function storageSignal(onElsewhere: () => void = () => undefined): StorageSignal {
  const listeners = new Set<() => void>();
  return {
    subscribe: (listener) => {
      const onStorage = () => {
        onElsewhere();
        listener();
      };
      listeners.add(listener);
      window.addEventListener('storage', onStorage);
      return () => {
        listeners.delete(listener);
        window.removeEventListener('storage', onStorage);
      };
    },
    tell: () => {
      for (const listener of listeners) listener();
    },
  };
}
