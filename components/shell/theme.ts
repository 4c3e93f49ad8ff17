import { Listeners } from '@/lib/listeners';

const listeners = new Listeners();

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_COOKIE = 'ringside-theme';

const YEAR_MS = 365 * 24 * 60 * 60 * 1_000;

/** A cookie's value as a theme; anything unknown means the system's choice. */
export function parseTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system';
}

/**
 * Shows `theme` at once and remembers it for the next page that the server renders. Without the Cookie Store API it
 * lasts until the page is reloaded.
 */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  listeners.notify();
  if ('cookieStore' in window) void rememberTheme(theme);
}

async function rememberTheme(value: Theme): Promise<void> {
  await window.cookieStore.set({
    name: THEME_COOKIE,
    value,
    path: '/',
    sameSite: 'lax',
    expires: Date.now() + YEAR_MS,
  });
}

/** Calls back whenever {@link applyTheme} changes the theme of this page. Returns a function that stops it. */
export const onThemeChange = listeners.subscribe;

/** The theme as chosen, from the document. */
export function currentTheme(): Theme {
  return parseTheme(document.documentElement.dataset.theme);
}
