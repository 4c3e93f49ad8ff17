'use client';

import { createContext, use, useEffect, useSyncExternalStore } from 'react';
import { Listeners } from '@/lib/listeners';
import type { ShortcutId } from './shortcuts';

/** Something a person can do by name, wherever the palette that lists it is. */
export type Command = {
  /** Unique: of two commands with one id, the palette has the one that was offered last. */
  id: string;
  label: string;
  /** Heading it stands under. */
  group: string;
  /** Keys that do the same. */
  keys?: ShortcutId | undefined;
  run: () => void;
};

const sources = new Map<symbol, readonly Command[]>();
const listeners = new Listeners();
let all: readonly Command[] = [];

function publish(): void {
  const byId = new Map([...sources.values()].flat().map((command) => [command.id, command]));
  all = [...byId.values()];
  listeners.notify();
}

/** False around views that are mounted and not in front, such as the results in other tabs: they offer nothing. */
export const OffersCommands = createContext(true);

/** Offers `commands` for as long as the calling component is shown. Memoise the list. */
export function useOfferCommands(commands: readonly Command[]): void {
  const offers = use(OffersCommands);
  useEffect(() => {
    if (!offers) return;
    const source = Symbol('commands');
    sources.set(source, commands);
    publish();
    return () => {
      sources.delete(source);
      publish();
    };
  }, [commands, offers]);
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
