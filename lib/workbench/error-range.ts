import type { ApiError } from '@/lib/contract/errors';
import type { Edit, TextRange } from '@/lib/cql/help/help';
import { unquoteIdentifier } from '@/lib/cql/identifiers';
import { isSignificant, type TokenKind, tokenize } from '@/lib/cql/lexer';
import type { StatementSpan } from './run';

/** What is known of a failed statement's mistake. */
export interface ErrorMark {
  /** Its place in the statement; null where only the server's error may name one. */
  readonly range: TextRange | null;
  readonly error: ApiError;
  /** For the mark: what is wrong. */
  readonly message: string;
}

/**
 * The place of a mistake in the editor's text: the known one, else the position that the server gave, else the name in its
 * message. Undefined when the statement is no longer in the text, or nothing names a place.
 */
export function stepErrorRange(text: string, { text: statement, start }: StatementSpan, mark: ErrorMark) {
  const { range, error } = mark;
  const base = placeOf(text, statement, start);
  if (range !== null) return base === undefined ? undefined : { from: base + range.from, to: base + range.to };
  if (error.position !== undefined) return errorRange(text, statement, start, error.position);
  return namedRange(text, statement, start, `${error.message} ${error.detail ?? ''}`);
}

/** Edits of a statement as edits of the text that it is in; undefined when it is no longer there. */
export function editsIn(
  text: string,
  { text: statement, start }: StatementSpan,
  edits: readonly Edit[],
): readonly Edit[] | undefined {
  const base = placeOf(text, statement, start);
  return base === undefined ? undefined : edits.map((edit) => ({ ...edit, start: base + edit.start }));
}

/** 1-based line, 0-based column, as Cassandra counts them in the statement that was sent. */
interface ErrorPosition {
  readonly line: number;
  readonly column: number;
}

/**
 * Where in the editor an error of the server belongs: the token at its position in the statement, which began at
 * `start` of the text when it was sent. Undefined when the statement is no longer in the text.
 */
export function errorRange(
  text: string,
  statement: string,
  start: number,
  position: ErrorPosition,
): TextRange | undefined {
  const base = placeOf(text, statement, start);
  if (base === undefined) return undefined;
  const offset = offsetIn(statement, position);
  const token = tokenize(statement).find((candidate) => offset < candidate.end && isSignificant(candidate));
  if (token === undefined) return { from: base + lastUnit(statement), to: base + statement.length };
  return { from: base + Math.max(offset, token.start), to: base + token.end };
}

/** How Cassandra 4.0 to 5.0 names what it does not know, in errors without a position. */
const NAMED = /(?:column name|name|column|table|keyspace|function|type) ["']?([\w.]+)/gi;

/**
 * As {@link errorRange} for an error without a position: the first name in the statement that the message speaks of.
 * Undefined when it names none.
 */
function namedRange(text: string, statement: string, start: number, message: string): TextRange | undefined {
  const base = placeOf(text, statement, start);
  if (base === undefined) return undefined;
  const tokens = tokenize(statement);
  for (const [, named] of message.matchAll(NAMED)) {
    const name = named?.split('.').at(-1);
    const token = tokens.find(({ kind, text: piece }) => isName(kind) && unquoteIdentifier(piece) === name);
    if (token !== undefined) return { from: base + token.start, to: base + token.end };
  }
  return undefined;
}

function isName(kind: TokenKind): boolean {
  return kind === 'word' || kind === 'quoted';
}

/** Offset in the statement, held inside it; lines end at \n, and the \r before one counts as a column. */
function offsetIn(statement: string, { line, column }: ErrorPosition): number {
  let lineStart = 0;
  for (let at = 1; at < line; at++) {
    const newline = statement.indexOf('\n', lineStart);
    if (newline < 0) return statement.length;
    lineStart = newline + 1;
  }
  return Math.min(lineStart + Math.max(column, 0), statement.length);
}

/** The statement's place now: where it was, or, if the text before it changed meanwhile, the nearest same text. */
function placeOf(text: string, statement: string, start: number): number | undefined {
  if (text.startsWith(statement, start)) return start;
  const after = text.indexOf(statement, start);
  const before = text.lastIndexOf(statement, start);
  if (after < 0 && before < 0) return undefined;
  if (after < 0) return before;
  if (before < 0) return after;
  return after - start < start - before ? after : before;
}

/** `<EOF>` has no token: the last character is marked instead. */
function lastUnit(statement: string): number {
  return Math.max(0, statement.length - 1);
}
