/**
 * Every key that does something, once: handlers, tooltips, menus, the palette and the list of keys take it from here.
 * `Mod` is ⌘ or Ctrl. A shortcut works in its scope: where the focus is.
 */

/** A key (`KeyboardEvent.key`) with its modifiers in this order: `Mod+`, `Alt+`, `Shift+`. */
type Chord = string;

interface Shortcut {
  readonly scope: Scope;
  readonly keys: readonly Chord[];
  /** In the list of keys. */
  readonly does: string;
}

/** Where keys work, in the order of the list of keys. */
export const SCOPES = {
  app: 'Everywhere',
  tree: 'Keyspaces and tables',
  rows: 'Rows',
  find: 'Find in loaded rows',
  rail: 'Ring beside the rows',
  inspector: 'Inspector',
  value: 'Value in the inspector',
  editor: 'Query editor',
  tabs: 'Tabs of statements and results',
  menu: 'Menus',
} as const;
export type Scope = keyof typeof SCOPES;

export const SHORTCUTS = {
  palette: { scope: 'app', keys: ['Mod+K', 'Alt+K'], does: 'Go to or do anything' },
  treeFilter: { scope: 'app', keys: ['/'], does: 'Filter keyspaces and tables' },
  activity: { scope: 'app', keys: ['Alt+J'], does: 'Show what is running' },
  keys: { scope: 'app', keys: ['?'], does: 'Show this list' },

  treeMove: { scope: 'tree', keys: ['ArrowUp', 'ArrowDown', 'Home', 'End'], does: 'Move' },
  treeOpen: { scope: 'tree', keys: ['ArrowRight', 'ArrowLeft'], does: 'Open or close a keyspace' },
  treeGo: { scope: 'tree', keys: ['Enter'], does: 'Go there; from the filter, to the first match' },
  treeClear: { scope: 'tree', keys: ['Escape'], does: 'Clear the filter' },

  rowsMove: {
    scope: 'rows',
    keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'],
    does: 'Move; with Shift, extend the selection',
  },
  rowsEdge: {
    scope: 'rows',
    keys: ['Mod+ArrowUp', 'Mod+ArrowDown', 'Mod+ArrowLeft', 'Mod+ArrowRight', 'Mod+Home', 'Mod+End'],
    does: 'Move to the edge of what is loaded',
  },
  rowsInspect: { scope: 'rows', keys: [' ', 'Enter'], does: 'Inspect the value' },
  rowsCopy: { scope: 'rows', keys: ['Mod+C'], does: 'Copy the selection' },
  rowsFind: { scope: 'rows', keys: ['Mod+F'], does: 'Find in loaded rows' },
  rowsAll: { scope: 'rows', keys: ['Mod+A'], does: 'Select all loaded rows' },
  rowsWhole: { scope: 'rows', keys: ['Shift+ '], does: 'Select whole rows' },
  columnsWhole: { scope: 'rows', keys: ['Mod+ '], does: 'Select whole columns' },
  columnLeft: { scope: 'rows', keys: ['Alt+ArrowLeft'], does: 'Move the column left' },
  columnRight: { scope: 'rows', keys: ['Alt+ArrowRight'], does: 'Move the column right' },
  columnNarrow: { scope: 'rows', keys: ['Alt+Shift+ArrowLeft'], does: 'Make the column narrower' },
  columnWiden: { scope: 'rows', keys: ['Alt+Shift+ArrowRight'], does: 'Make the column wider' },
  columnMenu: { scope: 'rows', keys: ['Alt+ArrowDown', 'Shift+F10', 'ContextMenu'], does: 'Open the column’s menu' },
  rowsBack: { scope: 'rows', keys: ['Escape'], does: 'Go one step back: inspector, selection, find' },

  findNext: { scope: 'find', keys: ['Enter'], does: 'Next match' },
  findPrevious: { scope: 'find', keys: ['Shift+Enter'], does: 'Previous match' },
  findClose: { scope: 'find', keys: ['Escape'], does: 'Close' },

  railMove: {
    scope: 'rail',
    keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'],
    does: 'Go along the ring',
  },

  inspectorClose: { scope: 'inspector', keys: ['Escape'], does: 'Close, or clear what is searched for' },
  inspectorNext: { scope: 'inspector', keys: ['Enter'], does: 'Next place' },
  inspectorPrevious: { scope: 'inspector', keys: ['Shift+Enter'], does: 'Previous place' },

  valueMove: { scope: 'value', keys: ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'], does: 'Move' },
  valueOpen: { scope: 'value', keys: ['ArrowRight', 'ArrowLeft', 'Enter', ' '], does: 'Open or close a part' },
  valueCopy: { scope: 'value', keys: ['Mod+C'], does: 'Copy the part' },

  run: { scope: 'editor', keys: ['Mod+Enter'], does: 'Run the selection, or the statement at the cursor' },
  complete: { scope: 'editor', keys: ['Tab'], does: 'Accept a completion' },

  tabMove: { scope: 'tabs', keys: ['ArrowLeft', 'ArrowRight', 'Home', 'End'], does: 'Move' },
  tabClose: { scope: 'tabs', keys: ['Delete'], does: 'Close a tab of statements' },

  menuMove: { scope: 'menu', keys: ['ArrowDown', 'ArrowUp', 'Home', 'End', 'PageUp', 'PageDown'], does: 'Move' },
  menuClose: { scope: 'menu', keys: ['Escape', 'Tab'], does: 'Close' },
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
