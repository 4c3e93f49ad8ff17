import { isSignificant, type Token, tokensFrom } from './lexer';

/** One statement of a text: `text` is the input from `start` to `end`, without outer spaces, comments and `;`. */
export interface StatementSpan {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A statement's place, with the part of the text that belongs to it: what precedes it, and its `;`. */
interface Segment {
  readonly from: number;
  readonly to: number;
  /** Of the first significant character; equal to `end` where there is no statement. */
  readonly start: number;
  readonly end: number;
}

interface Split {
  readonly text: string;
  readonly segments: readonly Segment[];
}

/**
 * Commands that cqlsh ends at the end of their line, with or without `;` (`my_commands_ending_with_newline` of
 * `cqlshhandling.py`). COPY and USE are not among them.
 */
const LINE_COMMANDS: ReadonlySet<string> = new Set(
  (
    'HELP ? CONSISTENCY SERIAL DESCRIBE DESC SHOW SOURCE CAPTURE LOGIN DEBUG TRACING EXPAND PAGING EXIT QUIT CLEAR CLS ' +
    'HISTORY ELAPSED'
  ).split(' '),
);

function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text.toUpperCase());
}

/** `BEGIN BATCH … APPLY BATCH` (and, in later releases, `BEGIN TRANSACTION … COMMIT TRANSACTION`) contain `;`. */
function opensBlock(text: string, from: number): boolean {
  const tokens: Token[] = [];
  for (const token of tokensFrom(text, from)) {
    if (isSignificant(token)) tokens.push(token);
    if (tokens.length === 3) break;
  }
  const second = isWord(tokens[1], 'UNLOGGED', 'COUNTER') ? tokens[2] : tokens[1];
  return isWord(second, 'BATCH', 'TRANSACTION');
}

/** Whether a part of a block, up to a `;`, ends it. The first part also holds the words that open it. */
function closesBlock(part: string, isFirst: boolean): boolean {
  if (!/batch|transaction/i.test(part)) return false;
  const tokens = [...tokensFrom(part, 0)].filter(isSignificant);
  const [before, last] = tokens.slice(-2);
  return (
    (!isFirst || tokens.length > 3) &&
    ((isWord(before, 'APPLY') && isWord(last, 'BATCH')) || (isWord(before, 'COMMIT') && isWord(last, 'TRANSACTION')))
  );
}

const FIRST_WORD = /\?|[A-Za-z][A-Za-z0-9_]*/y;
const LINE_END = /[\n\r]/g;
/** Characters that end nothing: no space, `;`, quote, and nothing that a comment or `$$` starts with. */
const PLAIN = /[^ \t\n\r;'"$/-]+/y;

/** The end of what starts at `at`, where the lexer ends it too: a comment, a string, a quoted name, or plain characters. */
function endOf(text: string, at: number): { readonly end: number; readonly isComment: boolean } {
  const sign = text[at];
  if (text.startsWith('--', at) || text.startsWith('//', at)) {
    LINE_END.lastIndex = at;
    return { end: LINE_END.exec(text)?.index ?? text.length, isComment: true };
  }
  if (text.startsWith('/*', at)) {
    const close = text.indexOf('*/', at + 2);
    return close < 0 ? { end: text.length, isComment: false } : { end: close + 2, isComment: true };
  }
  if (sign === "'" || sign === '"') return { end: quotedEnd(text, at, sign), isComment: false };
  if (text.startsWith('$$', at)) {
    const close = text.indexOf('$$', at + 2);
    return { end: close < 0 ? text.length : close + 2, isComment: false };
  }
  PLAIN.lastIndex = at;
  return { end: PLAIN.test(text) ? PLAIN.lastIndex : at + 1, isComment: false };
}

function quotedEnd(text: string, at: number, mark: string): number {
  let close = text.indexOf(mark, at + 1);
  while (close >= 0 && text[close + 1] === mark) close = text.indexOf(mark, close + 2);
  return close < 0 ? text.length : close + 1;
}

/** The segment that begins at `from`. It depends on nothing before `from`. */
function segmentFrom(text: string, from: number, isScript: boolean): Segment {
  let [start, end, partFrom] = [-1, from, from];
  let [inBlock, endsAtLine] = [false, false];
  const closed = (to: number): Segment => ({ from, to, start: start < 0 ? end : start, end });
  for (let at = from; at < text.length; ) {
    const sign = text[at];
    if (sign === ' ' || sign === '\t' || sign === '\n' || sign === '\r') {
      if (endsAtLine && (sign === '\n' || sign === '\r')) return closed(at);
      at++;
      continue;
    }
    if (sign === ';' && (!inBlock || closesBlock(text.slice(partFrom, at), partFrom === from))) return closed(at + 1);
    if (sign === ';') partFrom = at + 1;
    const piece = sign === ';' ? { end: at + 1, isComment: false } : endOf(text, at);
    if (!piece.isComment) {
      if (start < 0) {
        start = at;
        const word = wordAt(text, at);
        inBlock = word === 'BEGIN' && opensBlock(text, at);
        endsAtLine = isScript && LINE_COMMANDS.has(word);
      }
      end = piece.end;
    }
    at = piece.end;
  }
  return closed(text.length);
}

function wordAt(text: string, at: number): string {
  FIRST_WORD.lastIndex = at;
  return FIRST_WORD.exec(text)?.[0].toUpperCase() ?? '';
}

function split(text: string, isScript: boolean): Split {
  const segments: Segment[] = [];
  for (let at = 0; at < text.length; at = segments.at(-1)?.to ?? text.length) {
    segments.push(segmentFrom(text, at, isScript));
  }
  return { text, segments };
}

/** The split of a script, made from that of an earlier text: what precedes and follows the change is kept. */
function splitAgain(previous: Split, text: string): Split {
  const shared = sharedStart(previous.text, text);
  const delta = text.length - previous.text.length;
  const sameFrom = text.length - sharedEnd(previous.text, text, shared);
  const kept = countBefore(previous.segments, shared);
  const segments = previous.segments.slice(0, kept);
  let [at, old] = [segments.at(-1)?.to ?? 0, kept];
  while (at < text.length) {
    const segment = segmentFrom(text, at, true);
    segments.push(segment);
    at = segment.to;
    while ((previous.segments[old]?.to ?? Number.POSITIVE_INFINITY) < at - delta) old++;
    // From a boundary on, the split depends on nothing before it.
    if (at >= sameFrom && previous.segments[old]?.to === at - delta) {
      return { text, segments: segments.concat(shifted(previous.segments.slice(old + 1), delta)) };
    }
  }
  return { text, segments };
}

function shifted(segments: readonly Segment[], by: number): readonly Segment[] {
  if (by === 0) return segments;
  return segments.map(({ from, to, start, end }) => ({
    from: from + by,
    to: to + by,
    start: start + by,
    end: end + by,
  }));
}

/** How many segments end before `offset`; the character after a command of the shell ends it too. */
function countBefore(segments: readonly Segment[], offset: number): number {
  let [low, high] = [0, segments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.to ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Pieces of text are compared many times faster than their characters one by one. */
const PIECE = 1_024;

function sharedStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at + PIECE <= most && one.slice(at, at + PIECE) === other.slice(at, at + PIECE)) at += PIECE;
  while (at < most && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  return at;
}

function sharedEnd(one: string, other: string, start: number): number {
  const most = Math.min(one.length, other.length) - start;
  const piece = (text: string, count: number) => text.slice(text.length - count - PIECE, text.length - count);
  let count = 0;
  while (count + PIECE <= most && piece(one, count) === piece(other, count)) count += PIECE;
  while (count < most && one.charCodeAt(one.length - 1 - count) === other.charCodeAt(other.length - 1 - count)) count++;
  return count;
}

/** Texts shorter than this are split faster than compared with an earlier one. */
const SHORT = 4_000;

let latest: Split = { text: '', segments: [] };

/** The split of a document: at each key press only the statement that changed is read again. */
function splitOfScript(text: string): Split {
  if (text.length < SHORT) return split(text, true);
  if (latest.text !== text) latest = splitAgain(latest, text);
  return latest;
}

function spansOf({ text, segments }: Split): StatementSpan[] {
  return segments.filter(({ start, end }) => start < end).map(({ start, end }) => spanOf(text, start, end));
}

function spanOf(text: string, start: number, end: number): StatementSpan {
  return { text: text.slice(start, end), start, end };
}

/** The CQL statements of a text, in order, split at `;` outside strings, comments and batches. Never throws. */
export function splitStatements(text: string): StatementSpan[] {
  return spansOf(split(text, false));
}

/** As {@link splitStatements} for a script, in which commands of cqlsh also end with their line. */
export function splitScript(text: string): StatementSpan[] {
  return spansOf(splitOfScript(text));
}

/** How many statements and commands a script has. */
export function countScript(text: string): number {
  return splitOfScript(text).segments.reduce((count, { start, end }) => (start < end ? count + 1 : count), 0);
}

/**
 * The statement of a script at the cursor: the one that contains `offset`, including its `;` and the comments before it;
 * after the last `;`, the last one. Undefined if the text has no statement.
 */
export function statementAt(text: string, offset: number): StatementSpan | undefined {
  let before: Segment | undefined;
  for (const segment of splitOfScript(text).segments) {
    if (segment.start === segment.end) continue;
    if (offset <= segment.to) {
      const onEarlierLine = before !== undefined && /^[ \t]*$/.test(text.slice(before.end + 1, offset));
      const found = before !== undefined && offset < segment.start && onEarlierLine ? before : segment;
      return spanOf(text, found.start, found.end);
    }
    before = segment;
  }
  return before === undefined ? undefined : spanOf(text, before.start, before.end);
}
