/**
 * Text that a spreadsheet would run. OWASP, "CSV Injection" (owasp.org/www-community/attacks/CSV_Injection): a cell runs
 * that starts with = + - @, a tab, a line end, or the full-width form of one of the signs; and a cell may start in the
 * middle of a field, for a spreadsheet may split at another character than the file does.
 */

const APOSTROPHE = 0x27;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** What spreadsheets split lines at, one or several at a time. */
const SEPARATORS: ReadonlySet<number> = new Set(Array.from(',;|\t', codeOf));

const SIGNS: ReadonlySet<number> = new Set(Array.from('=+-@\t\r\n＝＋－＠', codeOf));

/**
 * What may stand before a sign without keeping it from being run: quotes, which are taken off; spaces, controls and
 * characters without width, which some readers take off.
 */
const PASSED_OVER = /^['"\p{Zs}\p{Cc}\p{Cf}]$/u;

/** The longest of these characters have three bytes of UTF-8. */
const MOST_BYTES = 3;

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/** The character at `at` and its bytes, where it has at most three; a longer one is none of those looked for. */
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

/**
 * Where in the UTF-8 text `[start, end)` a cell could start that a spreadsheet runs: at its start, after a line end, and
 * after each separator but the file's own, at which it is in quotes.
 * @param delimiter of the file, a byte
 */
export function formulaStarts(source: Uint8Array, start: number, end: number, delimiter: number): number[] {
  const starts = isFormulaAt(source, start, end) ? [start] : [];
  for (let at = start; at < end; at++) {
    const byte = source[at] ?? 0;
    const isEnd = byte === LINE_FEED || byte === CARRIAGE_RETURN;
    if (!isEnd && (byte === delimiter || !SEPARATORS.has(byte))) continue;
    if (at + 1 < end && isFormulaAt(source, at + 1, end)) starts.push(at + 1);
  }
  return starts;
}

/**
 * The text with `'` at each of {@link formulaStarts}; null when there is none. `'` is among what may stand before a sign,
 * so that the starts of the marked text are the same: taking one `'` off at each gives back what was there.
 */
export function withoutFormulas(source: Uint8Array, start: number, end: number, delimiter: number): Uint8Array | null {
  const starts = formulaStarts(source, start, end, delimiter);
  if (starts.length === 0) return null;
  const marked = new Uint8Array(end - start + starts.length);
  let [from, to] = [start, 0];
  for (const at of starts) {
    marked.set(source.subarray(from, at), to);
    to += at - from;
    marked[to++] = APOSTROPHE;
    from = at;
  }
  marked.set(source.subarray(from, end), to);
  return marked;
}
