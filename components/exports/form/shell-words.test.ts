import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellQuote, shellWord } from './shell-words';
import { wordsOf } from './test-shell';

describe('words for a shell', () => {
  it.each([
    ['quoted always', shellQuote],
    ['bare where that is safe', shellWord],
  ])('%s, mean exactly their text', (_, quote) => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }), (texts) => {
        const words = texts.map((text) => text.replaceAll('\0', ''));
        expect(wordsOf(words.map(quote).join(' '))).toEqual(words);
      }),
      { numRuns: 25 },
    );
  });

  it('stay bare where a shell sees nothing in them', () => {
    expect(['flights.by_origin_day', '--format', '~x', '', 'a=b', '=b', 'a b'].map(shellWord)).toEqual([
      'flights.by_origin_day',
      '--format',
      "'~x'",
      "''",
      'a=b',
      "'=b'",
      "'a b'",
    ]);
  });
});
