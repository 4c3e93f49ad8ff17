import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from './lexer';
import { strayCharacters, withoutStrays } from './stray-characters';

const cleaned = (text: string) => withoutStrays(text, strayCharacters(text));

describe('a pasted statement', () => {
  it.each([
    ['SELECT\u00A0*\u2003FROM\u3000t', 'SELECT * FROM t'],
    ['\uFEFFSELECT * FROM t', 'SELECT * FROM t'],
    ['SEL\u200BECT * FROM t\u2060', 'SELECT * FROM t'],
    ['SELECT *\u2028FROM t\u0085', 'SELECT *\nFROM t\n'],
    ['SELECT *\fFROM\vt', 'SELECT * FROM t'],
    ['SELECT * FROM t WHERE k = ‘a’', "SELECT * FROM t WHERE k = 'a'"],
    ['SELECT * FROM “My Table”', 'SELECT * FROM "My Table"'],
    ['SELECT “a” FROM t WHERE k = ‘b\u00A0c’ AND\u00A0d = ‘e’', "SELECT \"a\" FROM t WHERE k = 'b\u00A0c' AND d = 'e'"],
  ])('%j becomes %j', (text, expected) => {
    expect(cleaned(text)).toBe(expected);
    expect(tokenize(expected).every(({ kind }) => kind !== 'error')).toBe(true);
  });

  it.each([
    'SELECT * FROM t',
    "INSERT INTO t (k) VALUES ('a\u00A0b ‘c’ \uFEFF')",
    'SELECT "a\u200Bb" FROM t -- said\u00A0“so”',
    'SELECT $$\u00A0$$ /* \uFEFF */ FROM t',
    "SELECT 'open \u00A0 to the end",
    'SELECT 😀 FROM t',
    'SELECT a – b',
  ])('is left unchanged: %j', (text) => expect(strayCharacters(text)).toEqual([]));

  it('loses only the reported characters, and no literal changes', () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      '$$',
      '--',
      '\n',
      '/*',
      '*/',
      '\u00A0',
      '\uFEFF',
      '‘',
      '’',
      '“',
      '”',
      'a',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        const strays = strayCharacters(text);
        for (const { start, text: stray } of strays) expect(text.startsWith(stray, start)).toBe(true);
        for (const token of tokenize(text)) {
          if (token.kind === 'error') break;
          const inside = strays.filter(({ start }) => start >= token.start && start < token.end);
          expect(inside).toEqual([]);
        }
      }),
    );
  });
});
