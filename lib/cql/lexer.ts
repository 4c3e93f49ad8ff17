import { codePointOf, holdsUnseen } from '@/lib/text/unseen';

/**
 * The CQL lexer, modelled on Cassandra's `Lexer.g`. It never throws, and its tokens joined are the original text: what it
 * does not understand becomes an `error` token with a reason. If the server's lexer and this one disagreed, a statement
 * could pass for another, so whitespace, comments and strings end exactly where the server ends them.
 */

export type TokenKind =
  | 'word'
  | 'quoted'
  | 'string'
  | 'number'
  | 'duration'
  | 'uuid'
  | 'blob'
  | 'operator'
  | 'bind'
  | 'comment'
  | 'space'
  | 'error';

export interface Token {
  readonly kind: TokenKind;
  /** The exact piece of the input. */
  readonly text: string;
  /** Offset of the first UTF-16 unit. */
  readonly start: number;
  /** Offset after the last UTF-16 unit. */
  readonly end: number;
  /** For `error` tokens: what is wrong, in words for people. */
  readonly reason?: string;
}

interface Match {
  kind: TokenKind;
  end: number;
  reason?: string;
}

const HEX_UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
const UNIT = '(?:mo|ms|us|µs|ns|[ywdhms])';
const ISO_TIME = 'T(?:\\d+H(?:\\d+M)?(?:\\d+S)?|\\d+M(?:\\d+S)?|\\d+S)';
const ISO_DATE = '(?:\\d+Y(?:\\d+M)?(?:\\d+D)?|\\d+M(?:\\d+D)?|\\d+D)';
const ISO = `P(?:\\d+W|${ISO_DATE}(?:${ISO_TIME})?|${ISO_TIME})`;

/** Tried in this order. Only the unit form of a duration ignores case; the ISO forms do not. */
const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ['space', /[ \t\n\r]+/y],
  ['uuid', new RegExp(HEX_UUID, 'y')],
  ['blob', /0[xX][0-9a-fA-F]*/y],
  ['duration', new RegExp(`-?\\d+${UNIT}(?:\\d+${UNIT})*`, 'iy')],
  ['duration', /-?P\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/y],
  ['duration', new RegExp(`-${ISO}`, 'y')],
  // Without the sign a longer name wins: P1D is a duration, P1Day a name.
  ['duration', new RegExp(`${ISO}(?![A-Za-z0-9_])`, 'y')],
  ['number', /-?\d+(?:\.(?!\.(?!\.))\d*)?(?:[eE][+-]?\d+)?/y],
  ['word', /[A-Za-z][A-Za-z0-9_]*/y],
  ['operator', /<=|>=|!=|\+=|-=|\.\.|[()[\]{},;:.=<>+\-*/%]/y],
];

const BIND_NAME = /:(?:[A-Za-z][A-Za-z0-9_]*|"(?:[^"]|"")+")/y;

function matchPattern(text: string, at: number): Match | undefined {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    if (pattern.test(text)) return { kind, end: pattern.lastIndex };
  }
  return undefined;
}

/** A line comment ends before \n or \r (either alone, as on the server) or with the text. */
function matchComment(text: string, at: number): Match | undefined {
  if (text.startsWith('--', at) || text.startsWith('//', at)) {
    let end = at + 2;
    while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
    return { kind: 'comment', end };
  }
  if (!text.startsWith('/*', at)) return undefined;
  const close = text.indexOf('*/', at + 2);
  if (close >= 0) return { kind: 'comment', end: close + 2 };
  return { kind: 'error', end: text.length, reason: 'This comment has no closing */' };
}

/** `'…'` and `"…"`, in which a doubled quote stands for the quote itself. */
function matchMarked(text: string, at: number, mark: string, kind: TokenKind, reason: string): Match {
  let close = text.indexOf(mark, at + 1);
  while (close >= 0 && text[close + 1] === mark) close = text.indexOf(mark, close + 2);
  return close < 0 ? { kind: 'error', end: text.length, reason } : { kind, end: close + 1 };
}

function matchDollars(text: string, at: number): Match | undefined {
  if (!text.startsWith('$$', at)) return undefined;
  const close = text.indexOf('$$', at + 2);
  if (close >= 0) return { kind: 'string', end: close + 2 };
  return { kind: 'error', end: text.length, reason: 'This string has no closing $$' };
}

function unexpected(text: string, at: number): Match {
  const code = text.codePointAt(at) ?? 0;
  const end = at + (code > 0xffff ? 2 : 1);
  const sign = text.slice(at, end);
  const seen = holdsUnseen(sign, 'line') ? '' : ` (${sign})`;
  return { kind: 'error', end, reason: `CQL does not allow ${codePointOf(code)}${seen} outside quotes` };
}

/** What precedes a token, as far as its meaning depends on that. */
interface Before {
  last: Token | undefined;
  /** Open brackets, innermost last. */
  readonly open: string[];
}

/** Inside braces a colon after a value separates it from the next one, so `{a:b}` has no bind marker. */
function separatesMapValue({ last, open }: Before): boolean {
  if (open.at(-1) !== '{' || last === undefined) return false;
  return last.kind === 'operator' ? [')', ']', '}'].includes(last.text) : last.kind !== 'error';
}

function remember(before: Before, token: Token): void {
  if (!isSignificant(token)) return;
  before.last = token;
  if (token.kind !== 'operator') return;
  if ('([{'.includes(token.text)) before.open.push(token.text);
  else if (')]}'.includes(token.text)) before.open.pop();
}

function matchBind(text: string, at: number, before: Before): Match | undefined {
  if (text[at] === '?') return { kind: 'bind', end: at + 1 };
  if (text[at] !== ':' || separatesMapValue(before)) return undefined;
  BIND_NAME.lastIndex = at;
  return BIND_NAME.test(text) ? { kind: 'bind', end: BIND_NAME.lastIndex } : undefined;
}

function matchAt(text: string, at: number, before: Before): Match {
  if (text[at] === "'") return matchMarked(text, at, "'", 'string', "This string has no closing '");
  if (text[at] === '"') return matchMarked(text, at, '"', 'quoted', 'This name has no closing "');
  return (
    matchDollars(text, at) ??
    matchComment(text, at) ??
    matchBind(text, at, before) ??
    matchPattern(text, at) ??
    unexpected(text, at)
  );
}

/** The tokens of a text, including spaces and comments: joined they are the text again. Never throws. */
export function tokenize(text: string): Token[] {
  return [...tokensFrom(text, 0)];
}

/** The tokens one by one, from an offset where a token starts. */
export function* tokensFrom(text: string, from: number): Generator<Token, void, undefined> {
  const before: Before = { last: undefined, open: [] };
  let at = from;
  while (at < text.length) {
    const { kind, end, reason } = matchAt(text, at, before);
    const found = { kind, text: text.slice(at, end), start: at, end };
    const token: Token = reason === undefined ? found : { ...found, reason };
    yield token;
    remember(before, token);
    at = end;
  }
}

/** True for everything but spaces and comments. */
export function isSignificant(token: Token): boolean {
  return token.kind !== 'space' && token.kind !== 'comment';
}
