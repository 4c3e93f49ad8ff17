'use client';

import { useEffect, useSyncExternalStore } from 'react';
import { Listeners } from '@/lib/listeners';

/** Something a person can do by name, wherever the palette that lists it is. */
export type Command = {
  id: string;
  label: string;
  /** Heading it stands under. */
  group: string;
  /** Keys that do the same, for display. */
  keys?: string | undefined;
  run: () => void;
};

const sources = new Map<symbol, readonly Command[]>();
const listeners = new Listeners();
let all: readonly Command[] = [];

function publish(): void {
  all = [...sources.values()].flat();
  listeners.notify();
}

/** Offers `commands` for as long as the calling component is shown. Memoise the list. */
export function useOfferCommands(commands: readonly Command[]): void {
  useEffect(() => {
    const source = Symbol('commands');
    sources.set(source, commands);
    publish();
    return () => {
      sources.delete(source);
      publish();
    };
  }, [commands]);
}

const NONE: readonly Command[] = [];

/** Every command that is offered right now, in the order of offering. */
export function useCommands(): readonly Command[] {
  return useSyncExternalStore(
    listeners.subscribe,
    () => all,
    () => NONE,
  );
}
