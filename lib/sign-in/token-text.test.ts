import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTokenText, newTokenText, tokenIn } from './token-text';

describe('the text of an API token', () => {
  it('is new each time, and what scanners of secrets can look for', () => {
    const texts = Array.from({ length: 100 }, newTokenText);
    expect(new Set(texts).size).toBe(100);
    for (const text of texts) {
      expect(text).toMatch(/^rs_[0-9A-Za-z]{49}$/);
      expect(isTokenText(text)).toBe(true);
    }
  });

  it('is not one any more with another character, fewer, or more', () => {
    const text = newTokenText();
    const digit = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), digit, (at, other) => {
        const changed = `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
        expect(isTokenText(changed)).toBe(changed === text);
        expect(isTokenText(text.slice(0, at))).toBe(false);
        expect(isTokenText(`${text}${other}`)).toBe(false);
      }),
    );
  });

  it.each([
    ['Bearer rs_abc', 'rs_abc'],
    ['bearer  rs_abc ', 'rs_abc'],
    ['Bearer rs_', 'rs_'],
    ['Bearer eyJhbGciOi', null],
    ['Basic rs_abc', null],
    ['rs_abc', null],
    ['Bearer rs_abc rs_def', null],
    ['', null],
    [undefined, null],
  ])('in the header %j is %j', (header, text) => expect(tokenIn(header)).toBe(text));
});
