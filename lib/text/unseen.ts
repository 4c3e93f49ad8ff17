/**
 * Which characters a reader cannot see, or would take for others: controls, format characters (direction marks, joiners,
 * U+FEFF), every space but U+0020, line and paragraph separators, variation selectors, tags, fillers, private use, and
 * what is not assigned. Unicode's general categories and Default_Ignorable_Code_Point (UAX #44) say which they are.
 */

/** Format characters that are drawn: signs around Arabic, Syriac and Kaithi numbers (Prepended_Concatenation_Mark). */
const DRAWN = '\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u{110BD}\\u{110CD}';

/** One character that cannot be seen, as the source of a regular expression with the flag `u`. U+2800 is a blank dot pattern. */
export const UNSEEN = `(?![ ${DRAWN}])[\\p{C}\\p{Z}\\p{DI}\\u2800]`;

/** All scripts that are written from right to left, and some old ones between them that are not: isolating does no harm. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFEFC\u{10800}-\u{1EFFF}]/u;

/** Nearly every text is plain ASCII, and is looked at no further. */
const ODD = /[^ -~]/;
const EACH = new RegExp(UNSEEN, 'gu');
const ANY = new RegExp(`${UNSEEN}|^\\p{M}`, 'u');
const ANY_IN_LINES = new RegExp(`(?![\\t\\n])${UNSEEN}|^\\p{M}`, 'u');
/** Spaces that are not seen either: at the edges, and in a name several, which HTML draws as one. */
const SPACES: Readonly<Record<TextKind, RegExp | null>> = {
  name: /^ | $| {2}/,
  line: /^ | $/,
  nested: null,
  text: null,
};

/**
 * `name`: an identifier; everything is marked. `line`: a value on one line; what belongs to emoji and to the spelling of
 * a language is marked with little noise. `nested`: the same for a value in brackets. `text`: over several lines, where
 * tabs and line feeds do their work.
 */
export type TextKind = 'name' | 'line' | 'nested' | 'text';

/** True where something in the text cannot be seen, so that it must not be drawn as it stands. */
export function holdsUnseen(text: string, kind: TextKind): boolean {
  if (SPACES[kind]?.test(text)) return true;
  return ODD.test(text) && (kind === 'text' ? ANY_IN_LINES : ANY).test(text);
}

/** True where a part is read from right to left: it must not reorder what stands beside it. */
export function readsRightToLeft(text: string): boolean {
  return ODD.test(text) && RIGHT_TO_LEFT.test(text);
}

/** `U+200B`. */
export function codePointOf(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The text with each character that cannot be seen spelled out: for titles, labels and options, which hold no elements. */
export function spelledOut(text: string): string {
  return ODD.test(text) ? text.replace(EACH, (sign) => `‹${codePointOf(sign.codePointAt(0) ?? 0)}›`) : text;
}
