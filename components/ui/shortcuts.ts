/**
 * Every key that does something, once: handlers, tooltips, menus, the palette and the list of keys take it from here.
 * What each does is said in the list of keys, which comes later: `components/shell/keys/words.ts`.
 * `Mod` is ⌘ or Ctrl. A shortcut works in its scope: where the focus is.
 */

import { APP_SHORTCUTS, type Chord, type KeyPress, matches, partsOf } from './chords';

interface Shortcut {
  readonly scope: Scope;
  readonly keys: readonly Chord[];
}

/** Where the focus is; `app`: anywhere. */
export type Scope =
  | 'app'
  | 'tree'
  | 'rows'
  | 'edit'
  | 'header'
  | 'key'
  | 'quick'
  | 'find'
  | 'rail'
  | 'chart'
  | 'nodes'
  | 'tables'
  | 'inspector'
  | 'record'
  | 'value'
  | 'cell'
  | 'editor'
  | 'tabs'
  | 'review'
  | 'menu';

export const SHORTCUTS = {
  ...APP_SHORTCUTS,

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

  editCell: { scope: 'edit', keys: ['F2', 'Enter'] },
  editNull: { scope: 'edit', keys: ['Delete', 'Backspace'] },
  editAdd: { scope: 'edit', keys: ['Insert', 'Alt+N'] },
  editDelete: { scope: 'edit', keys: ['Mod+Delete', 'Mod+Backspace'] },
  editFill: { scope: 'edit', keys: ['Mod+D'] },
  editPaste: { scope: 'edit', keys: ['Mod+V'] },
  editUndo: { scope: 'edit', keys: ['Mod+Z'] },
  editRedo: { scope: 'edit', keys: ['Mod+Shift+Z', 'Mod+Y'] },
  editReview: { scope: 'edit', keys: ['Mod+S'] },

  headerMove: { scope: 'header', keys: ['ArrowLeft', 'ArrowRight', 'Home', 'End'] },
  headerSort: { scope: 'header', keys: ['Enter'] },
  headerThenSort: { scope: 'header', keys: ['Shift+Enter'] },
  headerMenu: { scope: 'header', keys: ['Alt+ArrowDown', 'ContextMenu', 'Shift+F10'] },
  headerBack: { scope: 'header', keys: ['ArrowDown', 'Escape'] },

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

  chartMove: {
    scope: 'chart',
    keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'],
  },
  chartBack: { scope: 'chart', keys: ['Escape'] },

  nodesMove: {
    scope: 'nodes',
    keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'],
  },
  nodesOpen: { scope: 'nodes', keys: ['Enter'] },

  tablesMove: { scope: 'tables', keys: ['ArrowUp', 'ArrowDown'] },

  inspectorClose: { scope: 'inspector', keys: ['Escape'] },
  inspectorNext: { scope: 'inspector', keys: ['Enter'] },
  inspectorPrevious: { scope: 'inspector', keys: ['Shift+Enter'] },

  recordNext: { scope: 'record', keys: ['Alt+ArrowDown'] },
  recordPrevious: { scope: 'record', keys: ['Alt+ArrowUp'] },
  recordEdit: { scope: 'record', keys: ['F2'] },
  recordClose: { scope: 'record', keys: ['Escape'] },

  valueMove: { scope: 'value', keys: ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'] },
  valueOpen: { scope: 'value', keys: ['ArrowRight', 'ArrowLeft', 'Enter', ' '] },
  valueCopy: { scope: 'value', keys: ['Mod+C'] },

  cellDown: { scope: 'cell', keys: ['Enter'] },
  cellUp: { scope: 'cell', keys: ['Shift+Enter'] },
  cellRight: { scope: 'cell', keys: ['Tab'] },
  cellLeft: { scope: 'cell', keys: ['Shift+Tab'] },
  cellKeep: { scope: 'cell', keys: ['Mod+Enter'] },
  cellCancel: { scope: 'cell', keys: ['Escape'] },
  // Letters with Mod or Alt alone edit the text on some machine; AltGr types with both.
  cellNull: { scope: 'cell', keys: ['Alt+Shift+N'] },
  cellPanel: { scope: 'cell', keys: ['Alt+Enter'] },
  cellNextOffer: { scope: 'cell', keys: ['ArrowDown'] },
  cellPreviousOffer: { scope: 'cell', keys: ['ArrowUp'] },
  cellTrue: { scope: 'cell', keys: ['T'] },
  cellFalse: { scope: 'cell', keys: ['F'] },
  partUp: { scope: 'cell', keys: ['Alt+ArrowUp'] },
  partDown: { scope: 'cell', keys: ['Alt+ArrowDown'] },

  run: { scope: 'editor', keys: ['Mod+Enter'] },
  save: { scope: 'editor', keys: ['Mod+S'] },
  complete: { scope: 'editor', keys: ['Tab'] },
  signatureClose: { scope: 'editor', keys: ['Escape'] },
  format: { scope: 'editor', keys: ['Alt+Shift+F'] },

  tabMove: { scope: 'tabs', keys: ['ArrowLeft', 'ArrowRight', 'Home', 'End'] },
  tabClose: { scope: 'tabs', keys: ['Delete'] },
  tabRename: { scope: 'tabs', keys: ['F2'] },

  reviewRun: { scope: 'review', keys: ['Mod+Enter'] },
  reviewClose: { scope: 'review', keys: ['Escape'] },

  menuMove: { scope: 'menu', keys: ['ArrowDown', 'ArrowUp', 'Home', 'End', 'PageUp', 'PageDown'] },
  menuClose: { scope: 'menu', keys: ['Escape', 'Tab'] },
} as const satisfies Readonly<Record<string, Shortcut>>;

export type ShortcutId = keyof typeof SHORTCUTS;

/** Is this press the shortcut? */
export function isPressed(id: ShortcutId, press: KeyPress): boolean {
  return SHORTCUTS[id].keys.some((chord) => matches(chord, press));
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

/** The keys of a shortcut as CodeMirror names them: `Mod-Enter`, and `Alt-Shift-f`, which Shift does not raise there. */
export function editorKey(id: ShortcutId): string {
  return SHORTCUTS[id].keys[0].replaceAll('+', '-').replace(/-[A-Z]$/, (letter) => letter.toLowerCase());
}
