import { usePathname, useSearchParams } from 'next/navigation';
import { useSyncExternalStore } from 'react';
import { Listeners } from '@/lib/listeners';

const listeners: Listeners = new Listeners(() => {
  window.addEventListener('popstate', listeners.notify);
  return () => window.removeEventListener('popstate', listeners.notify);
});

/**
 * The query string of the page's address, without its question mark. It changes at once with {@link writeSearch} and the
 * browser's Back and Forward: the router follows these in a transition, until the end of which a control would show its
 * old state. While another page is on its way, it is still this page's.
 */
export function useLocationSearch(): string {
  const followed = useSearchParams().toString();
  const pathname = usePathname();
  const isHere = () => window.location.pathname === pathname;
  return useSyncExternalStore(
    listeners.subscribe,
    () => (isHere() ? new URLSearchParams(window.location.search).toString() : followed),
    () => followed,
  );
}

/** Another query string for the page: a step that the browser can go back, unless it `replaces` the present one. */
export function writeSearch(search: string, replaces: boolean): void {
  const url = `${window.location.pathname}${search === '' ? '' : `?${search}`}`;
  // The router follows it without asking the server: only what is read changes, not the page.
  if (replaces) window.history.replaceState(null, '', url);
  else window.history.pushState(null, '', url);
  listeners.notify();
}
