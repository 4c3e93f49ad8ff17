'use client';

import { useEffect } from 'react';
import { focusTreeFilter } from './shell-commands';

/** Keys that work on every page: ⌘K or Ctrl K (also Alt K, where a browser keeps those) for the palette, / for the filter. */
export function useShortcuts(togglePalette: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if ((event.metaKey || event.ctrlKey || event.altKey) && event.code === 'KeyK' && !event.shiftKey) {
        event.preventDefault();
        togglePalette();
      } else if (event.key === '/' && !isTyping(event.target) && !hasModifier(event)) {
        if (focusTreeFilter()) event.preventDefault();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [togglePalette]);
}

function hasModifier({ metaKey, ctrlKey, altKey }: KeyboardEvent): boolean {
  return metaKey || ctrlKey || altKey;
}

/** Is the key meant for a text that is being written? */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role=textbox], [role=dialog], dialog') !== null
  );
}
