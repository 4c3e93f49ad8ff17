import type { ApiError } from '@/lib/contract/errors';
import type { Keyspace } from '@/lib/contract/schema';
import type { Token } from '../lexer';

/** A piece of a statement, in UTF-16 units. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/** Replaces `text`, which is at `start` of the statement. */
export interface Edit {
  readonly start: number;
  readonly text: string;
  readonly replacement: string;
}

/** A change of the statement that would help. It changes text: nothing runs. */
export interface Suggestion {
  /** For a button: `Use 'SEA'`. */
  readonly label: string;
  /** In order, without overlaps. */
  readonly edits: readonly Edit[];
}

/** What a server's error about a statement means for the person who wrote it. */
export interface ErrorHelp {
  /** What is wrong and why, in the statement's own names. */
  readonly cause: string;
  /** What to do, where no suggestion says it. */
  readonly advice?: string;
  /** The place in the statement; null: none in particular. */
  readonly range: TextRange | null;
  /** Best first. */
  readonly suggestions: readonly Suggestion[];
}

/** A statement that a server refused, and what the names in it can mean. */
export interface RefusedStatement {
  readonly statement: string;
  readonly error: Pick<ApiError, 'code' | 'message' | 'detail' | 'position'>;
  /** Of the cluster; empty while the schema is not known. */
  readonly keyspaces: readonly Keyspace[];
  /** The one in use. */
  readonly keyspace: string | null;
  /** The cluster's, such as `4.1.10`; absent or null while it is not known. */
  readonly release?: string | null;
}

/** The stretch from one token to another. */
export function rangeOf(first: Token, last: Token = first): TextRange {
  return { from: first.start, to: last.end };
}

export function replaceRange(statement: string, { from, to }: TextRange, replacement: string): Edit {
  return { start: from, text: statement.slice(from, to), replacement };
}

export function insertAt(start: number, text: string): Edit {
  return { start, text: '', replacement: text };
}

/** The statement with a suggestion's edits made. */
export function edited(statement: string, edits: readonly Edit[]): string {
  let [changed, at] = ['', 0];
  for (const { start, text, replacement } of edits) {
    changed += statement.slice(at, start) + replacement;
    at = start + text.length;
  }
  return changed + statement.slice(at);
}
