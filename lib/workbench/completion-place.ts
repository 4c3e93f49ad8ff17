import type { Keyspace, Table } from '@/lib/contract/schema';
import { unquoteIdentifier } from '@/lib/cql/identifiers';
import type { Token } from '@/lib/cql/lexer';

/** A statement that is being written, as far as completion reads it: its words before the cursor, and all of them. */
export interface Written {
  /** The tokens before the word at the cursor, of this statement alone: in a batch, of the one inside it. */
  readonly lead: readonly Token[];
  /** All of them, before and after the cursor. */
  readonly all: readonly Token[];
}

export const isSign = (token: Token | undefined, ...signs: readonly string[]) =>
  token?.kind === 'operator' && signs.includes(token.text);

/** The word in upper case, for a word without quotes. */
export function wordOf(token: Token | undefined): string {
  return token?.kind === 'word' ? token.text.toUpperCase() : '';
}

export function nameOf(token: Token | undefined): string | undefined {
  if (token?.kind !== 'word' && token?.kind !== 'quoted') return undefined;
  return unquoteIdentifier(token.text);
}

/** Inside `BEGIN BATCH … APPLY BATCH` each statement is read for itself. */
export function innerStatement(lead: readonly Token[], all: readonly Token[]): Written {
  if (wordOf(all[0]) !== 'BEGIN') return { lead, all };
  const begin = wordOf(all[1]) === 'BATCH' ? 2 : 3;
  const from = Math.max(lead.findLastIndex((token) => isSign(token, ';')) + 1, batchStart(all, begin));
  if (lead.length < from) return { lead, all };
  const end = all.findIndex((token, at) => at >= from && (isSign(token, ';') || wordOf(token) === 'APPLY'));
  return { lead: lead.slice(from), all: all.slice(from, end < 0 ? undefined : end) };
}

/** After `USING TIMESTAMP 5`. */
function batchStart(all: readonly Token[], begin: number): number {
  return wordOf(all[begin]) === 'USING' ? begin + 3 : begin;
}

/** Brackets that are open at the end of `tokens`: where they stand, innermost last. */
export function openBrackets(tokens: readonly Token[]): number[] {
  const open: number[] = [];
  for (const [at, token] of tokens.entries()) {
    if (isSign(token, '(', '[', '{', '<') && (token.text !== '<' || isTypeBracket(tokens, at))) open.push(at);
    else if (isSign(token, ')', ']', '}') || (isSign(token, '>') && isSign(tokens[open.at(-1) ?? -1], '<'))) open.pop();
  }
  return open;
}

const GENERIC: ReadonlySet<string> = new Set(['LIST', 'SET', 'MAP', 'TUPLE', 'FROZEN', 'VECTOR']);

/** `list<`, not `a < 5`. */
function isTypeBracket(tokens: readonly Token[], at: number): boolean {
  return GENERIC.has(wordOf(tokens[at - 1]));
}

/** Where the last of these words stands outside brackets; -1: nowhere. */
export function lastWord(tokens: readonly Token[], words: ReadonlySet<string>): number {
  let depth = 0;
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at];
    if (isSign(token, ')', ']', '}')) depth++;
    else if (isSign(token, '(', '[', '{')) depth--;
    else if (depth <= 0 && words.has(wordOf(token)) && !isSign(tokens[at - 1], '.')) return at;
  }
  return -1;
}

/** The tokens after `at`, split at commas outside brackets. */
export function partsAfter(tokens: readonly Token[], at: number): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(at + 1)) {
    if (isSign(token, '(', '[', '{')) depth++;
    if (isSign(token, ')', ']', '}')) depth--;
    if (depth === 0 && isSign(token, ',')) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

const BEFORE_TABLE: ReadonlySet<string> = new Set(['FROM', 'INTO', 'UPDATE', 'TABLE', 'TRUNCATE', 'ON', 'VIEW']);
const BETWEEN_THEM: ReadonlySet<string> = new Set(['IF', 'NOT', 'EXISTS']);

/** Whether a table's name comes next. */
export function expectsTable(lead: readonly Token[]): boolean {
  const at = lead.findLastIndex((token) => !BETWEEN_THEM.has(wordOf(token)));
  const verb = wordOf(lead[0]);
  if (verb === 'UPDATE' && at > 0) return false;
  if (verb === 'CREATE' && wordOf(lead[at]) !== 'ON' && wordOf(lead[at]) !== 'FROM') return false;
  return BEFORE_TABLE.has(wordOf(lead[at]));
}

/** The table of the statement, wherever it is named. */
export function tableIn(
  all: readonly Token[],
  keyspaces: readonly Keyspace[],
  used: string | undefined,
): { readonly keyspace: Keyspace; readonly table: Table } | undefined {
  for (const [at, token] of all.entries()) {
    if (!BEFORE_TABLE.has(wordOf(token))) continue;
    const first = nameOf(all[at + 1]);
    const second = isSign(all[at + 2], '.') ? nameOf(all[at + 3]) : undefined;
    const keyspace = keyspaces.find(({ name }) => name === (second === undefined ? used : first));
    const table = keyspace?.tables.find(({ name }) => name === (second ?? first));
    if (keyspace !== undefined && table !== undefined) return { keyspace, table };
  }
  return undefined;
}
