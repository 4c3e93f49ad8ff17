import { isSignificant, type Token, tokenize } from './lexer';

/** One statement of a text: `text` is the input from `start` to `end`, without outer spaces, comments and `;`. */
export interface StatementSpan {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A statement with the part of the text that belongs to it: what precedes it, and its `;`. */
interface Segment {
  readonly from: number;
  readonly to: number;
  readonly tokens: readonly Token[];
}

function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text.toUpperCase());
}

/** `BEGIN BATCH … APPLY BATCH` (and, in later releases, `BEGIN TRANSACTION … COMMIT TRANSACTION`) contain `;`. */
function opensBlock(tokens: readonly Token[]): boolean {
  if (!isWord(tokens[0], 'BEGIN')) return false;
  const second = isWord(tokens[1], 'UNLOGGED', 'COUNTER') ? tokens[2] : tokens[1];
  return isWord(second, 'BATCH', 'TRANSACTION');
}

function closesBlock(tokens: readonly Token[]): boolean {
  const [before, last] = tokens.slice(-2);
  return (
    tokens.length > 3 &&
    ((isWord(before, 'APPLY') && isWord(last, 'BATCH')) || (isWord(before, 'COMMIT') && isWord(last, 'TRANSACTION')))
  );
}

function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = [];
  let tokens: Token[] = [];
  let from = 0;
  const close = (to: number) => {
    segments.push({ from, to, tokens });
    tokens = [];
    from = to;
  };
  for (const token of tokenize(text)) {
    if (!isSignificant(token)) continue;
    if (token.text !== ';' || token.kind !== 'operator') tokens.push(token);
    else if (!opensBlock(tokens) || closesBlock(tokens)) close(token.end);
    else tokens.push(token);
  }
  close(text.length);
  return segments;
}

function spanOf(text: string, tokens: readonly Token[]): StatementSpan | undefined {
  const first = tokens[0];
  const last = tokens.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return { text: text.slice(first.start, last.end), start: first.start, end: last.end };
}

/** The statements of a text, in order, split at `;` outside strings, comments and batches. Never throws. */
export function splitStatements(text: string): StatementSpan[] {
  return segmentsOf(text).flatMap((segment) => spanOf(text, segment.tokens) ?? []);
}

/**
 * The statement at the cursor: the one that contains `offset`, including its `;` and the comments before it; after the last
 * `;`, the last one. Undefined if the text has no statement.
 */
export function statementAt(text: string, offset: number): StatementSpan | undefined {
  let before: StatementSpan | undefined;
  for (const segment of segmentsOf(text)) {
    const span = spanOf(text, segment.tokens);
    if (span === undefined) continue;
    if (offset <= segment.to) {
      const onEarlierLine = before !== undefined && /^[ \t]*$/.test(text.slice(before.end + 1, offset));
      return before !== undefined && offset < span.start && onEarlierLine ? before : span;
    }
    before = span;
  }
  return before;
}
