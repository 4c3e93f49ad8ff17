import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nestedParts, textRuns } from './runs';
import { anyText } from './test-text';
import { holdsUnseen, readsRightToLeft, spelledOut, type TextKind } from './unseen';

const KINDS: readonly TextKind[] = ['name', 'line', 'nested', 'text'];

/** The pieces as `plain`, `[token]` and `{joined}`. */
function drawn(text: string, kind: TextKind): string {
  return textRuns(text, kind)
    .map((run) => (run.kind === 'plain' ? run.text : run.kind === 'token' ? `[${run.label}]` : `{${run.text}}`))
    .join('');
}

/** Meaningful white space, and visible format characters: those before Arabic, Syriac and Kaithi numbers. */
const DRAWN = /[\t\n\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}]/gu;

describe('an invisible character', () => {
  it.each([
    ['adm\u200Bin', 'adm[U+200B]in', 'U+200B zero width space'],
    ['a\u00A0b', 'a[U+00A0]b', 'U+00A0 non-breaking space'],
    ['\u2028', '[U+2028]', 'U+2028 line separator'],
    ['\uFEFFid', '[U+FEFF]id', 'U+FEFF byte order mark'],
    ['a\u202Eb', 'a[U+202E]b', 'U+202E right-to-left override'],
    ['a\u00ADb', 'a[U+00AD]b', 'U+00AD soft hyphen'],
    ['a\u{E0061}', 'a[U+E0061]', 'U+E0061 tag'],
    ['a\uFE0F', 'a[U+FE0F]', 'U+FE0F variation selector'],
    ['a\u{E0100}', 'a[U+E0100]', 'U+E0100 variation selector'],
    ['a\u3164', 'a[U+3164]', 'U+3164 Hangul filler'],
    ['\u2800', '[U+2800]', 'U+2800 blank Braille pattern'],
    ['\u0301a', '[U+0301]a', 'U+0301 combining mark'],
    ['\uE000', '[U+E000]', 'U+E000 private use character'],
    ['\u0378', '[U+0378]', 'U+0378 unassigned character'],
    ['\uD800x', '[U+D800]x', 'U+D800 half of a surrogate pair'],
    ['a\u0000', 'a[U+0000]', 'U+0000 null'],
    ['a\u0085', 'a[U+0085]', 'U+0085 next line'],
    ['a\r', 'a[U+000D]', 'U+000D carriage return'],
    ['a\u200B\u200B\u200Bb', 'a[U+200B×3]b', '3 × U+200B zero width space'],
  ])('is a token: %j', (text, expected, name) => {
    for (const kind of KINDS) {
      expect(holdsUnseen(text, kind)).toBe(true);
      expect(drawn(text, kind)).toBe(expected);
      expect(textRuns(text, kind)).toContainEqual(expect.objectContaining({ kind: 'token', name }));
    }
  });

  it.each([
    [' a ', '[␠]a[␠]'],
    ['  ', '[␠×2]'],
    ['a\tb\n', 'a[⇥]b[⏎]'],
  ])('at the edges and between lines is a token in one-line text: %j', (text, expected) => {
    expect(drawn(text, 'line')).toBe(expected);
    expect(drawn(text, 'name')).toBe(expected);
    expect(drawn(text, 'text')).toBe(text);
    expect(holdsUnseen(text, 'text')).toBe(false);
  });

  it('is each of several spaces in a name, which HTML collapses', () => {
    expect(drawn('a  b', 'name')).toBe('a[␠×2]b');
    expect(holdsUnseen('a  b', 'line')).toBe(false);
  });

  it.each(['', 'plain text', 'naïve ☃ e\u0301', '中文 テスト 한국어', 'שלום', '👍', '🇩🇪', '\u0605', 'مرحبا', 'नमस्ते'])(
    'is not in %j',
    (text) => {
      for (const kind of KINDS) {
        expect(holdsUnseen(text, kind)).toBe(false);
        expect(textRuns(text, kind).every((run) => run.kind === 'plain')).toBe(true);
      }
    },
  );

  it.each([
    ['a family', '👨‍👩‍👧'],
    ['a heart', '❤️'],
    ['a heart on fire', '❤️‍🔥'],
    ['a keycap', '1️⃣'],
    ['a dark skin', '👩🏿‍🚀'],
    ['the flag of Wales', '🏴󠁧󠁢󠁷󠁬󠁳󠁿'],
    ['a Persian verb', 'می\u200Cخواهم'],
    ['a Hindi conjunct', 'क्\u200Dष'],
    ['a Malayalam chillu', 'ന്\u200D'],
  ])('stays in %s of a value, with a hint, and is a token in a name', (_, text) => {
    expect(drawn(`a ${text} b`, 'line')).toBe(`a {${text}} b`);
    expect(drawn(`a ${text} b`, 'text')).toBe(`a {${text}} b`);
    expect(textRuns(text, 'name').some((run) => run.kind === 'token')).toBe(true);
    expect(textRuns(text, 'name').some((run) => run.kind === 'joined')).toBe(false);
  });

  it.each([
    ['a tag after any emoji', '😀\u{E0061}\u{E0062}', '😀[U+E0061][U+E0062]'],
    ['a second selector', '❤\uFE0F\uFE0F', '{❤\uFE0F}[U+FE0F]'],
    ['a joiner after an emoji', '👨\u200D', '👨[U+200D]'],
    ['a joiner between Latin letters', 'a\u200Db', 'a[U+200D]b'],
    ['a joiner at the end of a word', 'سلام\u200C', 'سلام[U+200C]'],
    ['a mark of a script with joiners before its word', '\u06D6\u0633', '[U+06D6]\u0633'],
    ['a vowel sign alone', '\u093E', '[U+093E]'],
  ])('is a token in a value if it has no function: %s', (_, text, expected) => {
    expect(drawn(text, 'line')).toBe(expected);
  });

  it('keeps every character, and draws no invisible one', () => {
    const odd = fc.constantFrom(
      ...[' ', '\t', '\n', '\u200B', '\u200C', '\u200D', '\uFE0F', '\u202E', '\u2028', '\uD83D', '\u0301', '\u{E0061}'],
      ...['a', 'א', 'ع', 'क', '👨', '🏴', '1', '\u{E007F}', '\u20E3'],
    );
    const texts = fc.oneof(fc.string({ unit: odd }), anyText, fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(texts, fc.constantFrom(...KINDS), (text, kind) => {
        const runs = textRuns(text, kind);
        expect(runs.map((run) => run.text).join('')).toBe(text);
        expect(runs.some((run) => run.kind !== 'plain')).toBe(holdsUnseen(text, kind));
        const plain = runs.filter((run) => run.kind === 'plain').map((run) => run.text);
        for (const piece of plain) expect(piece.replace(DRAWN, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}]/u);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is spelled out where elements are not possible', () => {
    expect(spelledOut('adm\u200Bin é')).toBe('adm‹U+200B›in é');
  });
});

describe('text from right to left', () => {
  it('is a separate part in a nested value', () => {
    const text = "{שלום: 'א, ב', x: [1]}";
    const parts = nestedParts(text);
    for (const part of parts) expect(text.startsWith(part.text, part.start)).toBe(true);
    expect(parts.map((part) => part.text)).toEqual(['{', 'שלום', ': ', "'א, ב'", ', ', 'x', ': ', '[', '1', ']', '}']);
  });

  it.each(['שלום', 'a ع', '\u{1E900}'])('is %j', (text) => expect(readsRightToLeft(text)).toBe(true));
  it.each(['', 'abc', 'ж', '中', '👍'])('is not %j', (text) => expect(readsRightToLeft(text)).toBe(false));
});
