import { characterName } from './character-names';
import { codePointOf, type TextKind, UNSEEN } from './unseen';

/** A run of a text as it is drawn. The runs’ texts joined are the whole text. */
export type TextRun =
  | { readonly kind: 'plain'; readonly text: string }
  /** One invisible character, once or several times: drawn as `label`. */
  | { readonly kind: 'token'; readonly text: string; readonly label: string; readonly name: string }
  /** Drawn as is, because it belongs to an emoji or a word's spelling; `name` says what it contains. */
  | { readonly kind: 'joined'; readonly text: string; readonly name: string };

/** Skin tones, presentation, families, flags. A tag elsewhere than after the black flag could spell a hidden text. */
const PICTURE = '(?:\\p{RI}\\p{RI}|[#*0-9]\\uFE0F\\u20E3|\\p{ExtPict}(?:[\\uFE0E\\uFE0F]|\\p{EMod})?)';
const EMOJI = `\\u{1F3F4}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{3,6}\\u{E007F}|${PICTURE}(?:\\u200D${PICTURE})*`;

/** Scripts in which U+200C and U+200D select the shape of adjacent letters (Unicode 16, chapters 9 and 12). */
const SHAPED = [
  ...['Arab', 'Syrc', 'Mong', 'Nko', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh'],
  ...['Khmr', 'Mymr'],
]
  .map((script) => `\\p{scx=${script}}`)
  .join('');
const LETTERS = `(?:(?![^\\p{L}\\p{M}])[${SHAPED}])+`;
/**
 * Words are matched whole: searching for a joiner again from each letter would take quadratic time. A mark at the start of
 * the text is a token even in a script that has words.
 */
const WORD = `(?!^\\p{M})${LETTERS}(?:[\\u200C\\u200D]${LETTERS})*(?:(?<=[\\u094D\\u09CD\\u0A4D\\u0ACD\\u0B4D\\u0BCD\\u0C4D\\u0CCD\\u0D4D\\u0DCA])\\u200D)?`;

const ONE = new RegExp(UNSEEN, 'u');
const EACH = new RegExp(UNSEEN, 'gu');
/** A repeated character is one token. A mark at the start has no base character. */
const TOKENS = `(?:${UNSEEN})|^\\p{M}`;
const EDGE_SPACES = '^ +| +$';
const NAME_SPACES = `${EDGE_SPACES}| {2,}`;

const NAME = new RegExp(`(?<token>${TOKENS}|${NAME_SPACES})`, 'gu');
const LINE = new RegExp(`(?<whole>${EMOJI}|${WORD})|(?<token>${TOKENS}|${EDGE_SPACES})`, 'gu');
const NESTED = new RegExp(`(?<whole>${EMOJI}|${WORD})|(?<token>${TOKENS})`, 'gu');
const TEXT = new RegExp(`(?<whole>${EMOJI}|${WORD})|(?<token>(?![\\t\\n])${UNSEEN}|^\\p{M})`, 'gu');
const PATTERNS: Readonly<Record<TextKind, RegExp>> = { name: NAME, line: LINE, nested: NESTED, text: TEXT };

/** Customary symbols; everything else is shown by its code point. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  [' ', '␠'],
  ['\t', '⇥'],
  ['\n', '⏎'],
]);

/** The text as runs to draw, each character in exactly one of them. */
export function textRuns(text: string, kind: TextKind): readonly TextRun[] {
  const runs: TextRun[] = [];
  let plainFrom = 0;
  const endPlain = (at: number) => {
    if (at > plainFrom) runs.push({ kind: 'plain', text: text.slice(plainFrom, at) });
  };
  for (const match of text.matchAll(PATTERNS[kind])) {
    const [piece] = match;
    const token = match.groups?.token;
    if (token === undefined && !ONE.test(piece)) continue;
    endPlain(match.index);
    if (token === undefined) runs.push({ kind: 'joined', text: piece, name: namesIn(piece) });
    else addToken(runs, token);
    plainFrom = match.index + piece.length;
  }
  endPlain(text.length);
  return runs;
}

/** Brackets, and the separators of a nested value; a quoted part is one part whatever it contains. */
const STRUCTURE = /('(?:[^']|'')*'|[{}()[\]]|[,:] )/;

export interface TextPart {
  readonly text: string;
  /** Offset in the whole text. */
  readonly start: number;
}

/** A nested value's parts and separators: each part has its own direction, and they keep their order. */
export function nestedParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let start = 0;
  for (const part of text.split(STRUCTURE)) {
    if (part !== '') parts.push({ text: part, start });
    start += part.length;
  }
  return parts;
}

function addToken(runs: TextRun[], token: string): void {
  const last = runs.at(-1);
  const sign = firstOf(token);
  const again = last?.kind === 'token' && firstOf(last.text) === sign ? last.text : '';
  if (again !== '') runs.pop();
  const whole = again + token;
  const count = whole.length / sign.length;
  const label = SIGNS.get(sign) ?? codePoint(sign);
  runs.push({
    kind: 'token',
    text: whole,
    label: count === 1 ? label : `${label}×${count}`,
    name: `${count === 1 ? '' : `${count} × `}${codePoint(sign)} ${characterName(sign)}`,
  });
}

/** The invisible characters of a piece, each once. */
function namesIn(piece: string): string {
  const unseen = new Set(piece.match(EACH));
  return [...unseen].map((sign) => `${codePoint(sign)} ${characterName(sign)}`).join(', ');
}

function firstOf(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0);
}

function codePoint(sign: string): string {
  return codePointOf(sign.codePointAt(0) ?? 0);
}
