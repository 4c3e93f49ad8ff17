import { describe, expect, it } from 'vitest';
import { activeDocument, documentsReducer, documentTitle, emptyDocuments, queryDocumentsSchema } from './documents';

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
    expect(documentTitle('SELECT origin, day FROM flights.by_origin_day', 0)).toBe('SELECT origin, day FROM fli…');
  });
});
