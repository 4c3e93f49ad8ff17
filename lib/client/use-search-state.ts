import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { ADDRESS_CHARACTERS } from '@/lib/contract/limits';
import { Listeners } from '@/lib/listeners';

/** What a page keeps in its query string: how it is read, and how a change of it is written. */
export interface SearchState<State> {
  /** What makes no sense in `search` counts as absent. */
  readonly read: (search: string) => State;
  /** `search` with the change; what is not part of the state stays as it is. */
  readonly write: (search: string, change: Partial<State>) => string;
}

/** The whole query string, for those who replace all of it: saved views, and what is left of a damaged link. */
export const WHOLE_SEARCH: SearchState<{ readonly search: string }> = {
  read: (search) => ({ search }),
  write: (present, { search = present }) => search,
};

/**
 * How a change reaches the address. `push`: as a step that Back undoes; `replace`: in place of the present step;
 * `typed`: the same, once typing has paused.
 */
export type SearchStep = 'push' | 'replace' | 'typed';

/** Browsers refuse an address that changes more often than some hundred times in half a minute. */
const TYPING_MS = 300;

/** What was typed over the address `over` and is not written yet; what is too long never is, for no reload could send it. */
let typed: { readonly over: string; readonly search: string } | undefined;
let typing: ReturnType<typeof setTimeout> | undefined;

const listeners: Listeners = new Listeners(() => {
  window.addEventListener('popstate', listeners.notify);
  window.addEventListener('pagehide', writeTyped);
  return () => {
    window.removeEventListener('popstate', listeners.notify);
    window.removeEventListener('pagehide', writeTyped);
  };
});

/**
 * The query string of the page as state. It changes at once with each change and with the browser's Back and Forward: the
 * router follows these in a transition, until the end of which a control would show its old state.
 * @param state a constant: what it says is read again only when the address changes
 */
export function useSearchState<State>({
  read,
  write,
}: SearchState<State>): [State, (change: Partial<State>, step: SearchStep) => void] {
  const search = useLocationSearch();
  const value = useMemo(() => read(search), [read, search]);
  const change = useCallback(
    (wanted: Partial<State>, step: SearchStep) => writeSearch(write(currentSearch(), wanted), step),
    [write],
  );
  return [value, change];
}

/** Without its question mark. While another page is on its way, it is still this page's. */
function useLocationSearch(): string {
  const followed = useSearchParams().toString();
  const pathname = usePathname();
  const isHere = () => window.location.pathname === pathname;
  return useSyncExternalStore(
    listeners.subscribe,
    () => (isHere() ? new URLSearchParams(currentSearch()).toString() : followed),
    () => followed,
  );
}

const address = () => `${window.location.pathname}${window.location.search}`;

/** As the page shows it: with what was typed, unless the page has gone elsewhere since. */
const currentSearch = () => (typed?.over === address() ? typed.search : window.location.search);

function writeSearch(search: string, step: SearchStep): void {
  clearTimeout(typing);
  typed = undefined;
  if (step === 'typed' || !fits(search)) {
    typed = { over: address(), search };
    typing = setTimeout(writeTyped, TYPING_MS);
  } else {
    putSearch(search, step);
  }
  listeners.notify();
}

/** The page at `path` opens with this query string, which is too long for an address: it must be the next page opened. */
export function carrySearch(path: string, search: string): void {
  clearTimeout(typing);
  typed = { over: path, search };
}

/** The page shows more than its address says, because no address could hold it: a link to it would open less. */
export const isBeyondAddress = (): boolean => !fits(currentSearch());

const fits = (search: string) => search.length <= ADDRESS_CHARACTERS;

function writeTyped(): void {
  if (typed !== undefined && !fits(typed.search)) return;
  if (typed?.over === address()) putSearch(typed.search, 'replace');
  typed = undefined;
}

/** The router follows it without asking the server: only what is read changes, not the page. */
function putSearch(search: string, step: 'push' | 'replace'): void {
  const url = `${window.location.pathname}${search === '' ? '' : `?${search}`}`;
  if (step === 'push') window.history.pushState(null, '', url);
  else window.history.replaceState(null, '', url);
}
