import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  activeDocument,
  documentsReducer,
  documentTitle,
  emptyDocuments,
  isOnlyHere,
  isUnsaved,
  keptDocuments,
  mergedDocuments,
  type QueryDocument,
  type QueryDocuments,
  queryDocumentsSchema,
  type SavedOrigin,
  tabTitle,
} from './documents';

const two = documentsReducer(
  documentsReducer(emptyDocuments('a'), { type: 'edit', id: 'a', text: 'SELECT * FROM t' }),
  { type: 'open', id: 'b', text: 'SELECT 1' },
);

describe('the tabs of the query editor', () => {
  it('opens a tab and brings it to the front', () => {
    expect(two.documents.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(activeDocument(two).text).toBe('SELECT 1');
  });

  it('moves to a neighbour when the tab in front is closed, and stays put otherwise', () => {
    expect(documentsReducer(two, { type: 'close', id: 'b', replacementId: 'z' }).activeId).toBe('a');
    expect(documentsReducer(two, { type: 'close', id: 'a', replacementId: 'z' }).activeId).toBe('b');
    const third = documentsReducer(two, { type: 'open', id: 'c' });
    const back = documentsReducer(third, { type: 'select', id: 'a' });
    expect(documentsReducer(back, { type: 'close', id: 'a', replacementId: 'z' }).activeId).toBe('b');
  });

  it('is never without a tab', () => {
    const last = documentsReducer(emptyDocuments('a'), { type: 'close', id: 'a', replacementId: 'z' });
    expect(last).toEqual(emptyDocuments('z'));
    expect(queryDocumentsSchema.safeParse(last).success).toBe(true);
  });

  it('fills an empty tab from a link, opens one when the text there is kept, and finds the tab it filled before', () => {
    const link = { type: 'fill', id: 'n', text: 'SELECT 2', keyspace: 'k' } as const;
    expect(documentsReducer(emptyDocuments('a'), link).documents).toEqual([
      { id: 'a', text: 'SELECT 2', keyspace: 'k' },
    ]);
    const opened = documentsReducer(two, link);
    expect(opened.documents.map(({ text }) => text)).toEqual(['SELECT * FROM t', 'SELECT 1', 'SELECT 2']);
    const again = documentsReducer({ ...opened, activeId: 'a' }, { ...link, id: 'm' });
    expect(again.documents).toHaveLength(3);
    expect(again.activeId).toBe('n');
  });

  it('brings a closed tab back to its place, with all that it had', () => {
    const third = documentsReducer(two, { type: 'open', id: 'c', text: 'SELECT 3' });
    const [, middle] = documentsReducer(third, { type: 'rename', id: 'b', name: 'mine' }).documents;
    if (middle === undefined) throw new Error('no tab');
    const closed = documentsReducer(third, { type: 'close', id: 'b', replacementId: 'z' });
    const back = documentsReducer(closed, { type: 'reopen', document: middle, index: 1 });
    expect(back).toEqual({ documents: [third.documents[0], middle, third.documents[2]], activeId: 'b' });
    expect(documentsReducer(back, { type: 'reopen', document: middle, index: 1 })).toEqual(back);
    expect(documentsReducer(emptyDocuments('z'), { type: 'reopen', document: middle, index: 1 }).documents).toEqual([
      middle,
    ]);
  });

  it('knows which tab has something that is nowhere else', () => {
    const draft: QueryDocument = { id: 'a', text: 'SELECT 1', keyspace: null };
    const saved = { path: 'p', version: 'v', text: 'SELECT 1', cluster: null, keyspace: null, description: null };
    expect(isOnlyHere(draft)).toBe(true);
    expect(isOnlyHere({ ...draft, text: ' \n' })).toBe(false);
    expect(isOnlyHere({ ...draft, saved: { ...saved, parameters: [] } })).toBe(false);
    expect(isOnlyHere({ ...draft, text: 'SELECT 2', saved: { ...saved, parameters: [] } })).toBe(true);
  });

  it('ignores tabs that are not there', () => {
    expect(documentsReducer(two, { type: 'select', id: 'nowhere' })).toBe(two);
    expect(documentsReducer(two, { type: 'close', id: 'nowhere', replacementId: 'z' })).toBe(two);
  });

  it('refuses stored tabs whose front tab is missing', () => {
    expect(queryDocumentsSchema.safeParse({ documents: two.documents, activeId: 'x' }).success).toBe(false);
    expect(queryDocumentsSchema.safeParse({ documents: [], activeId: 'x' }).success).toBe(false);
  });

  it('names a tab by its first telling line', () => {
    expect(documentTitle('\n  \n-- late flights\nSELECT 1', 0)).toBe('late flights');
    expect(documentTitle('  ', 2)).toBe('Statement 3');
    expect(documentTitle('SELECT origin, day FROM flights.by_origin_day', 0)).toBe('SELECT … by_origin_day');
    expect(documentTitle('INSERT INTO "My Keys"."Odd" (id, name) VALUES (1, 2)', 0)).toBe('INSERT … "Odd"');
    expect(documentTitle('GRANT SELECT ON KEYSPACE flights TO somebody', 0)).toBe('GRANT SELECT ON KEYSPACE fl…');
    expect(documentTitle('-- the flights that were late today\nSELECT * FROM flights', 0)).toBe(
      'the flights that were late …',
    );
  });
});

const SAVED: SavedOrigin = {
  path: 'reports/delays',
  version: 'v1',
  text: 'SELECT delay',
  cluster: 'demo',
  keyspace: 'flights',
  description: null,
  parameters: [],
};

describe('the tab of a saved statement', () => {
  const open = documentsReducer(two, { type: 'openSaved', id: 'c', saved: SAVED });

  it('opens beside the others, under its name, and once', () => {
    expect(open.documents).toHaveLength(3);
    expect(activeDocument(open)).toMatchObject({ id: 'c', text: 'SELECT delay', keyspace: 'flights', saved: SAVED });
    expect(tabTitle(activeDocument(open), 2)).toBe('delays');
    const again = documentsReducer({ ...open, activeId: 'a' }, { type: 'openSaved', id: 'd', saved: SAVED });
    expect(again.activeId).toBe('c');
    expect(again.documents).toHaveLength(3);
  });

  it('keeps what was edited when it is opened again, and takes a newer version where nothing was', () => {
    const newer = { ...SAVED, version: 'v2', text: 'SELECT 2' };
    const edited = documentsReducer(open, { type: 'edit', id: 'c', text: 'SELECT mine' });
    expect(isUnsaved(activeDocument(edited))).toBe(true);
    const kept = documentsReducer(edited, { type: 'openSaved', id: 'd', saved: newer });
    expect(activeDocument(kept)).toMatchObject({ text: 'SELECT mine', saved: { version: 'v1' } });
    const taken = documentsReducer(open, { type: 'openSaved', id: 'd', saved: newer });
    expect(activeDocument(taken)).toMatchObject({ text: 'SELECT 2', saved: { version: 'v2' } });
    expect(documentsReducer(edited, { type: 'take', id: 'c', saved: newer })).toEqual(taken);
  });

  it('is unsaved for another keyspace as well, and no longer when it is saved', () => {
    const other = documentsReducer(open, { type: 'keyspace', id: 'c', keyspace: null });
    expect(isUnsaved(activeDocument(other))).toBe(true);
    const saved = documentsReducer(other, { type: 'saved', id: 'c', saved: { ...SAVED, keyspace: null } });
    expect(isUnsaved(activeDocument(saved))).toBe(false);
  });

  it('is saved when only its password is not', () => {
    const text = "ALTER ROLE a WITH PASSWORD = 'canary'";
    const saved = { ...SAVED, text: "ALTER ROLE a WITH PASSWORD = '•••'" };
    const edited = documentsReducer(open, { type: 'edit', id: 'c', text });
    const written = documentsReducer(edited, { type: 'saved', id: 'c', saved });
    expect(activeDocument(written).text).toBe(text);
    expect(isUnsaved(activeDocument(written))).toBe(false);
    const more = documentsReducer(written, { type: 'edit', id: 'c', text: `${text} AND LOGIN = true` });
    expect(isUnsaved(activeDocument(more))).toBe(true);
  });

  it('follows a move, and is a draft when the statement is removed', () => {
    const moved = documentsReducer(open, { type: 'moved', path: SAVED.path, saved: { ...SAVED, path: 'late' } });
    expect(tabTitle(activeDocument(moved), 2)).toBe('late');
    const gone = documentsReducer(open, { type: 'moved', path: SAVED.path, saved: null });
    expect(activeDocument(gone)).toEqual({ id: 'c', text: 'SELECT delay', keyspace: 'flights' });
  });

  it('is never overwritten by a link, even when it is empty', () => {
    const empty = documentsReducer(open, { type: 'edit', id: 'c', text: '' });
    const filled = documentsReducer(empty, { type: 'fill', id: 'd', text: 'SELECT 9', keyspace: null });
    expect(filled.documents).toHaveLength(4);
  });

  it('has the name that it is given until that is emptied', () => {
    const named = documentsReducer(two, { type: 'rename', id: 'b', name: ' mine ' });
    expect(tabTitle(activeDocument(named), 1)).toBe('mine');
    expect(documentsReducer(named, { type: 'rename', id: 'b', name: ' ' })).toEqual(two);
  });
});

describe('tabs with passwords of roles', () => {
  const text = "CREATE ROLE a WITH PASSWORD = 'canary'";
  const typed = documentsReducer(two, { type: 'edit', id: 'b', text });

  it('are kept without them', () => {
    const saved = { path: 'x', version: 'v1', text, cluster: null, keyspace: null, description: null, parameters: [] };
    const kept = keptDocuments(documentsReducer(typed, { type: 'saved', id: 'a', saved }));
    expect(JSON.stringify(kept)).not.toContain('canary');
    expect(tabOf(kept)).toBe("CREATE ROLE a WITH PASSWORD = '•••'");
    expect(keptDocuments(kept)).toEqual(kept);
    expect(keptDocuments(two)).toEqual(two);
  });

  it('have names without them', () => {
    expect(documentTitle("ALTER USER a PASSWORD 'cny'", 0)).toBe("ALTER USER a PASSWORD '•••'");
  });

  it('keep them in the window in which they were typed', () => {
    const kept = keptDocuments(typed);
    expect(tabOf(mergedDocuments(kept, typed, kept))).toBe(text);
    const elsewhere = documentsReducer(kept, { type: 'open', id: 'c', text: 'SELECT 3' });
    const merged = mergedDocuments(kept, typed, elsewhere);
    expect(tabOf(merged)).toBe(text);
    expect(merged.documents.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    const edited = documentsReducer(kept, { type: 'edit', id: 'b', text: 'SELECT 4' });
    expect(tabOf(mergedDocuments(typed, typed, edited))).toBe('SELECT 4');
  });

  function tabOf({ documents }: QueryDocuments): string | undefined {
    return documents.find(({ id }) => id === 'b')?.text;
  }
});

describe('tabs that two windows of a browser changed', () => {
  const edit = (state: QueryDocuments, id: string, text: string) => documentsReducer(state, { type: 'edit', id, text });
  const texts = ({ documents }: QueryDocuments) => documents.map(({ text }) => text);

  it('have the edits of both', () => {
    const merged = mergedDocuments(two, edit(two, 'a', 'own'), edit(two, 'b', 'theirs'));
    expect(texts(merged)).toEqual(['own', 'theirs']);
  });

  it('keep both texts of one tab that both edited', () => {
    const merged = mergedDocuments(two, edit(two, 'a', 'own'), edit(two, 'a', 'theirs'));
    expect(merged.documents.map(({ id, text }) => [id, text])).toEqual([
      ['a', 'own'],
      ['b', 'SELECT 1'],
      ['a+', 'theirs'],
    ]);
    expect(queryDocumentsSchema.safeParse(merged).success).toBe(true);
  });

  it('open and close in both, but what was edited elsewhere stays', () => {
    const opened = documentsReducer(two, { type: 'open', id: 'c', text: 'new' });
    const closed = documentsReducer(two, { type: 'close', id: 'a', replacementId: 'z' });
    expect(texts(mergedDocuments(two, opened, closed))).toEqual(['SELECT 1', 'new']);
    expect(texts(mergedDocuments(two, closed, edit(two, 'a', 'edited')))).toEqual(['SELECT 1', 'edited']);
  });

  it('lose no text that either window has typed', () => {
    const text = fc.constantFrom('', 'one', 'two', 'three', 'four');
    const tab = (id: string): fc.Arbitrary<QueryDocument> => text.map((typed) => ({ id, text: typed, keyspace: null }));
    const tabs: fc.Arbitrary<QueryDocuments> = fc
      .tuple(fc.option(tab('a')), fc.option(tab('b')), tab('c'))
      .map((found) => ({ documents: found.filter((each) => each !== null), activeId: 'c' }));
    fc.assert(
      fc.property(tabs, tabs, tabs, (base, own, other) => {
        const merged = mergedDocuments(base, own, other);
        expect(queryDocumentsSchema.safeParse(merged).success).toBe(true);
        expect(new Set(merged.documents.map(({ id }) => id)).size).toBe(merged.documents.length);
        for (const window of [own, other]) {
          for (const typed of window.documents) {
            const before = base.documents.find(({ id }) => id === typed.id);
            if (typed.text !== '' && typed.text !== before?.text) expect(texts(merged)).toContain(typed.text);
          }
        }
      }),
    );
  });
});

describe('values of parameters', () => {
  const value = { as: 'value', text: '1' } as const;

  it('stay with their tab, and come with a link that has them', () => {
    const first = documentsReducer(emptyDocuments('a'), { type: 'parameters', id: 'a', parameters: { k: value } });
    expect(activeDocument(documentsReducer(first, { type: 'edit', id: 'a', text: 'x' })).parameters).toEqual({
      k: value,
    });
    const link = { type: 'fill', id: 'b', text: 'SELECT 1', keyspace: null } as const;
    const filled = documentsReducer(first, { ...link, parameters: { ':c': value } });
    expect(activeDocument(filled).parameters).toEqual({ ':c': value });
    const again = documentsReducer(filled, { ...link, parameters: null });
    expect(activeDocument(again).parameters).toEqual({ ':c': value });
  });
});
