/**
 * Text that a spreadsheet would run. OWASP, "CSV Injection" (owasp.org/www-community/attacks/CSV_Injection): a cell is run if
 * it starts with = + - @, a tab, a line end, or the full-width form of one of the signs; and a cell may start in the middle
 * of a field, because a spreadsheet may split at a different character than the file does.
 */

const APOSTROPHE = 0x27;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Characters at which spreadsheets split lines, alone or combined. */
const SEPARATORS: ReadonlySet<number> = new Set(Array.from(',;|\t', codeOf));

const SIGNS: ReadonlySet<number> = new Set(Array.from('=+-@\t\r\n＝＋－＠', codeOf));

/**
 * What may precede a sign without preventing it from being run: quotes, which are removed; spaces, controls and zero-width
 * characters, which some readers remove.
 */
const PASSED_OVER = /^['"\p{Zs}\p{Cc}\p{Cf}]$/u;

/** These characters have at most three bytes of UTF-8. */
const MOST_BYTES = 3;

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/** The character at `at` and its bytes, if it has at most three; longer ones are irrelevant here. */
function characterAt(source: Uint8Array, at: number, end: number): { code: number; size: number } | null {
  const first = source[at] ?? 0;
  if (first < 0x80) return { code: first, size: 1 };
  const size = first >= 0xf0 ? MOST_BYTES + 1 : first >= 0xe0 ? 3 : 2;
  if (size > MOST_BYTES || at + size > end) return null;
  let code = first & (0xff >> (size + 1));
  for (let i = 1; i < size; i++) code = (code << 6) | ((source[at + i] ?? 0) & 0x3f);
  return { code, size };
}

const passedOver = new Map<number, boolean>();

function isPassedOver(code: number): boolean {
  let is = passedOver.get(code);
  if (is === undefined) {
    is = PASSED_OVER.test(String.fromCodePoint(code));
    passedOver.set(code, is);
  }
  return is;
}

function isFormulaAt(source: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end) {
    const character = characterAt(source, at, end);
    if (character === null) return false;
    if (SIGNS.has(character.code)) return true;
    if (!isPassedOver(character.code)) return false;
    at += character.size;
  }
  return false;
}

/** A UTF-8 text, `[start, end)` of some bytes, and its file's delimiter, as a byte. */
interface Text {
  readonly source: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly delimiter: number;
}

/**
 * Where between `from` and `to` a spreadsheet could start a cell that it runs: at the text's start, after a line end, and
 * after each separator except the file's own, at which the field is quoted.
 */
export function formulaStarts({ source, start, end, delimiter }: Text, from = start, to = end): number[] {
  const starts: number[] = [];
  for (let at = from; at < to; at++) {
    if (at !== start && !isBreak(source[at - 1] ?? 0, delimiter)) continue;
    if (isFormulaAt(source, at, end)) starts.push(at);
  }
  return starts;
}

function isBreak(byte: number, delimiter: number): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN || (byte !== delimiter && SEPARATORS.has(byte));
}

/**
 * The part of the text from `from` to `to` with `'` at each of {@link formulaStarts}; null if there is none. `'` may itself
 * precede a sign, so the marked text has the same starts: removing one `'` at each restores the original.
 */
export function withoutFormulas(text: Text, from = text.start, to = text.end): Uint8Array | null {
  const starts = formulaStarts(text, from, to);
  if (starts.length === 0) return null;
  const marked = new Uint8Array(to - from + starts.length);
  let [copied, length] = [from, 0];
  for (const at of starts) {
    marked.set(text.source.subarray(copied, at), length);
    length += at - copied;
    marked[length++] = APOSTROPHE;
    copied = at;
  }
  marked.set(text.source.subarray(copied, to), length);
  return marked;
}

/** The text that {@link withoutFormulas} marked, without the marks. */
export function withFormulas(marked: string, delimiter: string): string {
  const source = new TextEncoder().encode(marked);
  const starts = formulaStarts({ source, start: 0, end: source.length, delimiter: delimiter.charCodeAt(0) });
  const marks = new Set(starts.filter((at) => source[at] === APOSTROPHE));
  if (marks.size === 0) return marked;
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(source.filter((_, at) => !marks.has(at)));
}
