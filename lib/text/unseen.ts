/**
 * Characters that are invisible or easily mistaken for others: controls, format characters (direction marks, joiners,
 * U+FEFF), every space but U+0020, line and paragraph separators, variation selectors, tags, fillers, private use, and
 * unassigned ones. Unicode's general categories and Default_Ignorable_Code_Point (UAX #44) define them.
 */

/** Visible format characters: signs around Arabic, Syriac and Kaithi numbers (Prepended_Concatenation_Mark). */
const DRAWN = '\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u{110BD}\\u{110CD}';

/** One invisible character, as the source of a regular expression with the flag `u`. U+2800 is a blank dot pattern. */
export const UNSEEN = `(?![ ${DRAWN}])[\\p{C}\\p{Z}\\p{DI}\\u2800]`;

/** All right-to-left scripts, and some old left-to-right ones between them: isolating those is harmless. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFEFC\u{10800}-\u{1EFFF}]/u;

/** Nearly all texts are plain ASCII and need no further check. */
const ODD = /[^ -~]/;
const EACH = new RegExp(UNSEEN, 'gu');
const ANY = new RegExp(`${UNSEEN}|^\\p{M}`, 'u');
const ANY_IN_LINES = new RegExp(`(?![\\t\\n])${UNSEEN}|^\\p{M}`, 'u');
/** Spaces that are invisible too: at the edges, and several in a name, which HTML collapses. */
const SPACES: Readonly<Record<TextKind, RegExp | null>> = {
  name: /^ | $| {2}/,
  line: /^ | $/,
  nested: null,
  text: null,
};

/**
 * `name`: an identifier; everything is marked. `line`: a value on one line; characters that belong to emoji or to a
 * language's spelling are marked discreetly. `nested`: the same for a value in brackets. `text`: several lines, where tabs
 * and line feeds are meaningful.
 */
export type TextKind = 'name' | 'line' | 'nested' | 'text';

/** True if the text has invisible characters, so that it must not be drawn as is. */
export function holdsUnseen(text: string, kind: TextKind): boolean {
  if (SPACES[kind]?.test(text)) return true;
  return ODD.test(text) && (kind === 'text' ? ANY_IN_LINES : ANY).test(text);
}

/** True if part of the text is right-to-left, so that it must not reorder its neighbours. */
export function readsRightToLeft(text: string): boolean {
  return ODD.test(text) && RIGHT_TO_LEFT.test(text);
}

/** `U+200B`. */
export function codePointOf(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The text with each invisible character spelled out: for titles, labels and options, which cannot contain elements. */
export function spelledOut(text: string): string {
  return ODD.test(text) ? text.replace(EACH, (sign) => `‹${codePointOf(sign.codePointAt(0) ?? 0)}›`) : text;
}
