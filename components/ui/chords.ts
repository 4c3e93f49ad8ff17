/** What the page's first code needs of the list of shortcuts: the keys that work everywhere, and how a press is compared. */

/** A key (`KeyboardEvent.key`) with its modifiers in this order: `Mod+`, `Alt+`, `Shift+`. */
export type Chord = string;

export const APP_SHORTCUTS = {
  palette: { scope: 'app', keys: ['Mod+K', 'Alt+K'] },
  treeFilter: { scope: 'app', keys: ['/'] },
  activity: { scope: 'app', keys: ['Alt+J'] },
  keys: { scope: 'app', keys: ['?'] },
} as const;

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Is this press the chord? */
export function matches(chord: Chord, { key, code, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): boolean {
  const { mod, alt, shift, key: wanted } = partsOf(chord);
  if ((ctrlKey || metaKey) !== mod || altKey !== alt) return false;
  // Shift is how some keyboards type a sign such as ? or /: there it says nothing.
  if (shiftKey !== shift && !isSign(wanted)) return false;
  // With Alt some machines type another letter than the key's.
  return isLetter(wanted) ? key.toUpperCase() === wanted || (alt && code === `Key${wanted}`) : key === wanted;
}

/** A chord's modifiers and key. */
export function partsOf(chord: Chord): { mod: boolean; alt: boolean; shift: boolean; key: string } {
  const parts = chord.split('+');
  const key = parts.at(-1) ?? '';
  return { mod: parts.includes('Mod'), alt: parts.includes('Alt'), shift: parts.includes('Shift'), key };
}

function isLetter(key: string): boolean {
  return /^[A-Z]$/.test(key);
}

function isSign(key: string): boolean {
  return key.length === 1 && !isLetter(key) && key !== ' ';
}
