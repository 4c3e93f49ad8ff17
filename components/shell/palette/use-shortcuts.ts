'use client';

import { useEffect } from 'react';
import { APP_SHORTCUTS, matches } from '@/components/ui/chords';

type AppShortcut = keyof typeof APP_SHORTCUTS;

/** What the keys that work on every page do. False: nothing, and the key is left to the browser. */
export type ShellKeys = Readonly<Partial<Record<AppShortcut, () => unknown>>>;

/** Chords work while somebody types as well; a sign alone is then text. */
const SIGNS: readonly AppShortcut[] = ['treeFilter', 'keys'];

/** Binds the keys of the scope `app`. Memoise `keys`. */
export function useShortcuts(keys: ShellKeys): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      for (const id of ['palette', 'activity', ...SIGNS] as const) {
        if (!isPressed(id, event) || (SIGNS.includes(id) && isTyping(event.target))) continue;
        if (keys[id]?.() !== false) event.preventDefault();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [keys]);
}

function isPressed(id: AppShortcut, event: KeyboardEvent): boolean {
  return APP_SHORTCUTS[id].keys.some((chord) => matches(chord, event));
}

/** Is the key meant for a text that is being written, or for a dialog? */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role=textbox], [role=dialog], dialog') !== null
  );
}
