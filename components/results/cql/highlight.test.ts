import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlight } from './highlight';

const shades = (cql: string) => highlight(cql).map(({ shade, text }) => `${shade}:${text.trim()}`);

describe('schema text in shades', () => {
  it('tells keywords, types, strings, numbers and comments from names', () => {
    expect(
      shades(`CREATE TABLE ks.key (id frozen<list<int>>, "Text" text) WITH comment = 'it''s' AND x = 1 -- end`),
    ).toEqual([
      'keyword:CREATE TABLE',
      'plain:ks.key (id',
      'type:frozen',
      'plain:<',
      'type:list',
      'plain:<',
      'type:int',
      'plain:>>, "Text"',
      'type:text',
      'plain:)',
      'keyword:WITH',
      'plain:comment =',
      "string:'it''s'",
      'keyword:AND',
      'plain:x =',
      'number:1',
      'comment:-- end',
    ]);
  });

  it('joins to the text again, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(
          highlight(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
