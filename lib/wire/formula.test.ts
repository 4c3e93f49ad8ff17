import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formulaStarts, withoutFormulas } from './formula';
import { unmarked } from './test-formula';

const code = (character: string) => character.charCodeAt(0);

function marked(text: string, delimiter = ','): string {
  const bytes = new TextEncoder().encode(text);
  const safe = withoutFormulas({ source: bytes, start: 0, end: bytes.length, delimiter: code(delimiter) });
  return safe === null ? text : new TextDecoder('utf-8', { ignoreBOM: true }).decode(safe);
}

describe('text that a spreadsheet would run', () => {
  it.each([
    ['=1', "'=1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@a', "'@a"],
    ['\ta', "'\ta"],
    ['\ra', "'\ra"],
    ['\na', "'\na"],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠a', "'＠a"],
    ["'=1", "''=1"],
    ['"=1', '\'"=1'],
    [' =1', "' =1"],
    ['\u00a0=1', "'\u00a0=1"],
    ['\u3000＝1', "'\u3000＝1"],
    ['\ufeff=1', "'\ufeff=1"],
    ['\u200b=1', "'\u200b=1"],
    ['\u202e=1', "'\u202e=1"],
    ['\u0000=1', "'\u0000=1"],
    ['a;=1', "a;'=1"],
    ['a|=1', "a|'=1"],
    ['a\t=1', "a\t'=1"],
    ['a;"=1', 'a;\'"=1'],
    ['a; -1;b;@', "a;' -1;b;'@"],
    ['a\n=1', "a\n'=1"],
    ['a\r\n=1', "a\r'\n'=1"],
    ['\t=1', "'\t'=1"],
  ])('%j is marked', (text, safe) => {
    expect(marked(text)).toBe(safe);
    expect(unmarked(safe, ',')).toBe(text);
  });

  it.each(['', 'a', '1=1', 'a-b', "'tis", '"', ' ', 'a;b', 'a,=1', 'né=1', '€=1', '😀=1', 'a; b=1', '\u200b', 'x\ny'])(
    '%j is not',
    (text) => {
      expect(marked(text)).toBe(text);
    },
  );

  it('starts after a comma if the file uses another delimiter', () => {
    expect(marked('a,=1;=2', ';')).toBe("a,'=1;=2");
    expect(marked('a\t=1', '\t')).toBe('a\t=1');
  });

  it('is marked the same in parts', () => {
    const bytes = new TextEncoder().encode('a;=1\r\n ;@x|＝\t-');
    const text = { source: bytes, start: 0, end: bytes.length, delimiter: code(',') };
    for (let cut = 0; cut <= bytes.length; cut++) {
      const parts = [
        withoutFormulas(text, 0, cut) ?? bytes.subarray(0, cut),
        withoutFormulas(text, cut, bytes.length) ?? bytes.subarray(cut),
      ];
      expect(Buffer.concat(parts)).toEqual(Buffer.from(withoutFormulas(text) ?? []));
    }
  });

  it('is restored by removing one apostrophe at each start, whatever the text', () => {
    const character = fc.constantFrom(...Array.from('=+-@\t\r\n＝＠\'" ;,|aé€😀\u200b\ufeff'));
    const text = fc.array(character, { maxLength: 12 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, fc.constantFrom(',', ';', '\t', '|'), (given, delimiter) => {
        const safe = marked(given, delimiter);
        expect(unmarked(safe, delimiter)).toBe(given);
        // Nothing in it would run: every start has its apostrophe.
        const bytes = new TextEncoder().encode(safe);
        const starts = formulaStarts({ source: bytes, start: 0, end: bytes.length, delimiter: code(delimiter) });
        expect(starts.every((at) => bytes[at] === code("'"))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
