import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSignificant, tokenize } from './lexer';

const shown = (text: string) =>
  tokenize(text)
    .filter(isSignificant)
    .map((token) => `${token.kind} ${token.text}`);

describe('tokenize', () => {
  it('distinguishes the kinds of literals', () => {
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

  it('recognises bind markers, but not a colon in a map', () => {
    expect(
      shown('? LIMIT :name :"Na me" {k:v, l: :w} [:x] (a, :b)').filter((token) => token.startsWith('bind')),
    ).toEqual(['bind ?', 'bind :name', 'bind :"Na me"', 'bind :w', 'bind :x', 'bind :b']);
  });

  it('splits ranges of numbers', () => {
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
    );
    const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(fc.string({ unit: fc.oneof(piece, unit, fc.constantFrom(' ', 'a', '1')), maxLength: 30 }), (text) => {
        const tokens = tokenize(text);
        const ends = [0, ...tokens.map(({ end }) => end)];
        expect(tokens.map((token) => token.text).join('')).toBe(text);
        expect(
          tokens.every(({ start, end, text: part }, at) => start === ends[at] && end === start + part.length),
        ).toBe(true);
        expect(tokens.some((token) => token.text === '')).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
