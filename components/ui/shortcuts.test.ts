import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chordText, isPressed, type Scope, SHORTCUTS, type ShortcutId } from './shortcuts';

const ALL = Object.values(SHORTCUTS);
const keysIn = (scope: Scope): string[] => ALL.filter((one) => one.scope === scope).flatMap(({ keys }) => [...keys]);

/** Code that names keys, and the scopes whose keys it may name. Other code asks `isPressed`. */
const NAMES_KEYS: Readonly<Record<string, readonly Scope[]>> = {
  'components/ui/tooltip.tsx': ['menu'],
  'components/ui/menu.tsx': ['menu'],
  'components/ui/menu-keys.ts': ['menu'],
  'components/ui/use-surface.ts': ['menu'],
  'components/shell/tree/tree-panel.tsx': ['tree'],
  'components/query/run/run-results.tsx': ['tabs'],
  'components/query/documents/document-tabs.tsx': ['tabs'],
  'components/query/script/step-list.tsx': ['menu'],
  'components/live-plots/drawn-plot.tsx': ['chart'],
  'components/operate/nodes/nodes-table.tsx': ['nodes'],
  'components/operate/tables/table-list.tsx': ['tables'],
  'lib/browse/rail-keys.ts': ['rail'],
  'lib/local/chart-keys.ts': ['chart'],
  'lib/cluster/tree.ts': ['tree'],
  'lib/grid/selection.ts': ['rows'],
  'lib/values/tree-keys.ts': ['value'],
};
const KEY_NAME =
  /['"`](?:Mod-)?(Arrow(?:Up|Down|Left|Right)|Page(?:Up|Down)|Home|End|Enter|Escape|Delete|Backspace|Insert|Tab|ContextMenu|F\d{1,2})['"`]|^\s+(Arrow(?:Up|Down|Left|Right)|Page(?:Up|Down)|Home|End): /gm;
/** A press compared with a letter or a sign. */
const LETTER_COMPARED = /event\.(?:key|code)(?:\.to(?:Lower|Upper)Case\(\))? [!=]== '(?:Key)?.'/;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(test|states)\.tsx?$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** What each file that deals with keys names of them. */
function namedKeys(): Map<string, Set<string>> {
  const named = new Map<string, Set<string>>();
  for (const file of ['components', 'lib/browse', 'lib/cluster', 'lib/grid', 'lib/local', 'lib/values'].flatMap(
    sources,
  )) {
    const text = readFileSync(file, 'utf8');
    const isAboutKeys = /onKeyDown|keydown|Keyboard|keymap|\bkey: string|\bkey\b.*=>|KeyPress/.test(text);
    const keys = [...text.matchAll(KEY_NAME)].map(([, quoted, property]) => quoted ?? property ?? '');
    if (isAboutKeys && keys.length > 0) named.set(file, new Set(keys));
  }
  return named;
}

describe('the list of shortcuts', () => {
  it('has each key once in its scope, and never one of the page’s in a scope of its own', () => {
    const scopes = new Set(ALL.map(({ scope }) => scope));
    for (const scope of scopes) {
      const keys = keysIn(scope);
      expect(new Set(keys).size, `${scope}: ${keys.join(' ')}`).toBe(keys.length);
      if (scope !== 'app') expect(keys.filter((key) => keysIn('app').includes(key))).toEqual([]);
    }
  });

  it('has every key that is bound anywhere', () => {
    const named = namedKeys();
    named.delete('components/ui/shortcuts.ts');
    const comparing = sources('components').filter((file) => LETTER_COMPARED.test(readFileSync(file, 'utf8')));
    expect(comparing).toEqual([]);
    expect([...named.keys()].sort()).toEqual(Object.keys(NAMES_KEYS).sort());
    for (const [file, keys] of named) {
      const listed = (NAMES_KEYS[file] ?? []).flatMap(keysIn).map((chord) => chord.split('+').at(-1));
      expect(
        [...keys].filter((key) => !listed.includes(key)),
        file,
      ).toEqual([]);
    }
  });
});

describe('a press', () => {
  const press = { key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  const PRESSES: readonly [ShortcutId, Partial<typeof press>, boolean][] = [
    ['palette', { key: 'k', ctrlKey: true }, true],
    ['palette', { key: 'K', metaKey: true }, true],
    ['palette', { key: '˚', code: 'KeyK', altKey: true }, true],
    ['palette', { key: 'K', ctrlKey: true, shiftKey: true }, false],
    ['palette', { key: 'k' }, false],
    ['keys', { key: '?', shiftKey: true }, true],
    ['keys', { key: '?', ctrlKey: true }, false],
    ['treeFilter', { key: '/' }, true],
    ['rowsInspect', { key: ' ' }, true],
    ['rowsInspect', { key: ' ', shiftKey: true }, false],
    ['rowsWhole', { key: ' ', shiftKey: true }, true],
    ['columnsWhole', { key: ' ', ctrlKey: true }, true],
    ['rowsCellMenu', { key: 'F10', shiftKey: true }, true],
    ['rowsCellMenu', { key: 'F10' }, false],
    ['columnNarrow', { key: 'ArrowLeft', altKey: true, shiftKey: true }, true],
    ['columnLeft', { key: 'ArrowLeft', altKey: true, shiftKey: true }, false],
  ];

  it.each(PRESSES)('is %s or not: %o %s', (id, change, expected) => {
    expect(isPressed(id, { ...press, ...change })).toBe(expected);
  });

  it('is printed as on the machine’s keyboard', () => {
    const texts = (isApple: boolean) =>
      ['Mod+K', 'Alt+ArrowLeft', 'Shift+Enter', 'Mod+ ', '?'].map((chord) => chordText(chord, isApple));
    expect(texts(true)).toEqual(['⌘K', '⌥←', '⇧↵', '⌘Space', '?']);
    expect(texts(false)).toEqual(['Ctrl K', 'Alt ←', '⇧↵', 'Ctrl Space', '?']);
  });
});
