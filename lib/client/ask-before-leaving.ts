import { useEffect } from 'react';

/** Has the browser ask before the window closes or reloads. Its words are the browser's. */
export function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** @param asks something is under way whose end nobody would hear of */
export function useAskBeforeLeaving(asks: boolean): void {
  useEffect(() => {
    if (!asks) return;
    window.addEventListener('beforeunload', askBeforeLeaving);
    return () => window.removeEventListener('beforeunload', askBeforeLeaving);
  }, [asks]);
}
