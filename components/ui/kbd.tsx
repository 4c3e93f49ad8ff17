'use client';

import { chordText, SHORTCUTS, type ShortcutId } from './shortcuts';
import { useApple } from './use-apple';

/** The first keys of a shortcut as text, for places that draw them in their own way. */
export function useKeysText(id: ShortcutId): string {
  return chordText(SHORTCUTS[id].keys[0], useApple());
}

/** The keys of a shortcut, as printed on the keyboard. `all`: its alternatives too. */
export function Kbd({ of, all = false }: { of: ShortcutId; all?: boolean }) {
  const isApple = useApple();
  const { keys } = SHORTCUTS[of];
  return (all ? keys : keys.slice(0, 1)).map((chord) => (
    <kbd
      key={chord}
      className="inline-flex h-4 shrink-0 items-center rounded-sm border border-line px-1 font-sans text-2xs text-muted"
    >
      {chordText(chord, isApple)}
    </kbd>
  ));
}
