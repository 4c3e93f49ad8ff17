import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSignificant, tokenize } from './lexer';

const shown = (text: string) =>
  tokenize(text)
    .filter(isSignificant)
    .map((token) => `${token.kind} ${token.text}`);

describe('tokenize', () => {
  it('tells the kinds of literals apart', () => {
    expect(
      shown(`a "B""c" 'it''s' $$;'$$ 12 -1.5e-3 0xCAFE 12h30m -P1Y2M P3W 7b0e4b3a-6f4b-4b8a-9c1d-0123456789ab`),
    ).toEqual([
      'word a',
      'quoted "B""c"',
      "string 'it''s'",
      "string $$;'$$",
      'number 12',
      'number -1.5e-3',
      'blob 0xCAFE',
      'duration 12h30m',
      'duration -P1Y2M',
      'duration P3W',
      'uuid 7b0e4b3a-6f4b-4b8a-9c1d-0123456789ab',
    ]);
  });

  it('ends a line comment at a carriage return alone, as the server does', () => {
    expect(shown('-- x\rDROP TABLE a /*\nSELECT */')).toEqual(['word DROP', 'word TABLE', 'word a']);
  });

  it('does not nest block comments and does not close them with their own opening', () => {
    expect(shown('/* a /* b */ c /*/ d */ e')).toEqual(['word c', 'word e']);
  });

  it('knows bind markers, and a colon inside a map is none', () => {
    expect(
      shown('? LIMIT :name :"Na me" {k:v, l: :w} [:x] (a, :b)').filter((token) => token.startsWith('bind')),
    ).toEqual(['bind ?', 'bind :name', 'bind :"Na me"', 'bind :w', 'bind :x', 'bind :b']);
  });

  it('takes ranges of numbers apart', () => {
    expect(shown('m[1..2]')).toEqual(['word m', 'operator [', 'number 1', 'operator ..', 'number 2', 'operator ]']);
  });

  it.each([
    ["SELECT 'a", "no closing '"],
    ['SELECT "a', 'no closing "'],
    ['SELECT $$a$', 'no closing $$'],
    ['SELECT /* a', 'no closing */'],
    ['SELECT\u00a0a', 'U+00A0'],
    ['\ufeffSELECT', 'U+FEFF'],
    ['SELECT 😀', 'U+1F600'],
  ])('names what is wrong in %j', (text, reason) => {
    expect(tokenize(text).find((token) => token.kind === 'error')?.reason).toContain(reason);
  });

  it('covers every text exactly and never throws', () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      '$$',
      '--',
      '/*',
      '*/',
      '\n',
      '\r',
      ';',
      ':a',
      '?',
      '0x',
      '1.',
      '..',
      'P1',
      '-',
      'é',
      ' ',
    );
    const hostile = fc
      .array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 4 })))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(hostile, (text) => {
        let end = 0;
        for (const token of tokenize(text)) {
          expect(token.start).toBe(end);
          expect(token.end).toBeGreaterThan(token.start);
          expect(text.slice(token.start, token.end)).toBe(token.text);
          end = token.end;
        }
        expect(end).toBe(text.length);
      }),
      { numRuns: 500 },
    );
  });
});
