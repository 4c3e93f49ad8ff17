import { type RefObject, useEffect, useRef } from 'react';

/** Hands the keys that are pressed anywhere inside a panel to `onKey`, unless a field in it has stopped them. */
export function usePanelKeys(panel: RefObject<HTMLElement | null>, onKey: (event: KeyboardEvent) => void): void {
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    // At the window: React's listeners, at the document, come first and can stop a key.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.target instanceof Node && panel.current?.contains(event.target)) latest.current(event);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [panel]);
}
