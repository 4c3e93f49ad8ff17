/**
 * Every key that does something, once: handlers, tooltips, menus, the palette and the list of keys take it from here.
 * What each does is said in the list of keys, which comes later: `components/shell/keys/words.ts`.
 * `Mod` is ⌘ or Ctrl. A shortcut works in its scope: where the focus is.
 */

/** A key (`KeyboardEvent.key`) with its modifiers in this order: `Mod+`, `Alt+`, `Shift+`. */
type Chord = string;

interface Shortcut {
  readonly scope: Scope;
  readonly keys: readonly Chord[];
}

/** Where the focus is; `app`: anywhere. */
export type Scope =
  | 'app'
  | 'tree'
  | 'rows'
  | 'key'
  | 'quick'
  | 'find'
  | 'rail'
  | 'inspector'
  | 'record'
  | 'value'
  | 'editor'
  | 'tabs'
  | 'menu';

export const SHORTCUTS = {
  palette: { scope: 'app', keys: ['Mod+K', 'Alt+K'] },
  treeFilter: { scope: 'app', keys: ['/'] },
  activity: { scope: 'app', keys: ['Alt+J'] },
  keys: { scope: 'app', keys: ['?'] },

  treeMove: { scope: 'tree', keys: ['ArrowUp', 'ArrowDown', 'Home', 'End'] },
  treeOpen: { scope: 'tree', keys: ['ArrowRight', 'ArrowLeft'] },
  treeGo: { scope: 'tree', keys: ['Enter'] },
  treeClear: { scope: 'tree', keys: ['Escape'] },

  rowsMove: {
    scope: 'rows',
    keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'],
  },
  rowsEdge: {
    scope: 'rows',
    keys: ['Mod+ArrowUp', 'Mod+ArrowDown', 'Mod+ArrowLeft', 'Mod+ArrowRight', 'Mod+Home', 'Mod+End'],
  },
  rowsInspect: { scope: 'rows', keys: [' ', 'Enter'] },
  rowsCopy: { scope: 'rows', keys: ['Mod+C'] },
  rowsFind: { scope: 'rows', keys: ['Mod+F'] },
  rowsAll: { scope: 'rows', keys: ['Mod+A'] },
  rowsWhole: { scope: 'rows', keys: ['Shift+ '] },
  columnsWhole: { scope: 'rows', keys: ['Mod+ '] },
  columnLeft: { scope: 'rows', keys: ['Alt+ArrowLeft'] },
  columnRight: { scope: 'rows', keys: ['Alt+ArrowRight'] },
  columnNarrow: { scope: 'rows', keys: ['Alt+Shift+ArrowLeft'] },
  columnWiden: { scope: 'rows', keys: ['Alt+Shift+ArrowRight'] },
  columnMenu: { scope: 'rows', keys: ['Alt+ArrowDown'] },
  rowsCellMenu: { scope: 'rows', keys: ['ContextMenu', 'Shift+F10'] },
  rowsRecord: { scope: 'rows', keys: ['Shift+Enter'] },
  rowsBack: { scope: 'rows', keys: ['Escape'] },

  keyOpen: { scope: 'key', keys: ['Enter'] },
  keyBack: { scope: 'key', keys: ['Escape'] },

  quickApply: { scope: 'quick', keys: ['Enter'] },
  quickBack: { scope: 'quick', keys: ['Escape'] },

  findNext: { scope: 'find', keys: ['Enter'] },
  findPrevious: { scope: 'find', keys: ['Shift+Enter'] },
  findClose: { scope: 'find', keys: ['Escape'] },

  railMove: {
    scope: 'rail',
    keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'],
  },

  inspectorClose: { scope: 'inspector', keys: ['Escape'] },
  inspectorNext: { scope: 'inspector', keys: ['Enter'] },
  inspectorPrevious: { scope: 'inspector', keys: ['Shift+Enter'] },

  recordNext: { scope: 'record', keys: ['Alt+ArrowDown'] },
  recordPrevious: { scope: 'record', keys: ['Alt+ArrowUp'] },
  recordClose: { scope: 'record', keys: ['Escape'] },

  valueMove: { scope: 'value', keys: ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'] },
  valueOpen: { scope: 'value', keys: ['ArrowRight', 'ArrowLeft', 'Enter', ' '] },
  valueCopy: { scope: 'value', keys: ['Mod+C'] },

  run: { scope: 'editor', keys: ['Mod+Enter'] },
  complete: { scope: 'editor', keys: ['Tab'] },

  tabMove: { scope: 'tabs', keys: ['ArrowLeft', 'ArrowRight', 'Home', 'End'] },
  tabClose: { scope: 'tabs', keys: ['Delete'] },

  menuMove: { scope: 'menu', keys: ['ArrowDown', 'ArrowUp', 'Home', 'End', 'PageUp', 'PageDown'] },
  menuClose: { scope: 'menu', keys: ['Escape', 'Tab'] },
} as const satisfies Readonly<Record<string, Shortcut>>;

export type ShortcutId = keyof typeof SHORTCUTS;

interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Is this press the shortcut? */
export function isPressed(id: ShortcutId, press: KeyPress): boolean {
  return SHORTCUTS[id].keys.some((chord) => matches(chord, press));
}

function matches(chord: Chord, { key, code, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): boolean {
  const { mod, alt, shift, key: wanted } = partsOf(chord);
  if ((ctrlKey || metaKey) !== mod || altKey !== alt) return false;
  // Shift is how some keyboards type a sign such as ? or /: there it says nothing.
  if (shiftKey !== shift && !isSign(wanted)) return false;
  // With Alt some machines type another letter than the key's.
  return isLetter(wanted) ? key.toUpperCase() === wanted || (alt && code === `Key${wanted}`) : key === wanted;
}

function partsOf(chord: Chord): { mod: boolean; alt: boolean; shift: boolean; key: string } {
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

const FACES: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  Enter: '↵',
  Escape: 'Esc',
  ContextMenu: 'Menu',
  ' ': 'Space',
};

/** A chord as printed on this machine's keyboard: `⌘K`, `Ctrl K`, `⇧↵`. */
export function chordText(chord: Chord, isApple: boolean): string {
  const { mod, alt, shift, key } = partsOf(chord);
  return [mod && (isApple ? '⌘' : 'Ctrl '), alt && (isApple ? '⌥' : 'Alt '), shift && '⇧', FACES[key] ?? key]
    .filter((part) => part !== false)
    .join('');
}

/** The keys of a shortcut as CodeMirror names them: `Mod-Enter`. */
export function editorKey(id: ShortcutId): string {
  return SHORTCUTS[id].keys[0].replaceAll('+', '-');
}
