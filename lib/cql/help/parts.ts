import type { Keyspace, Table } from '@/lib/contract/schema';
import { unquoteIdentifier } from '../identifiers';
import { isSignificant, type Token, tokenize } from '../lexer';
import type { RefusedStatement } from './help';

/** A value that a statement gives for a column: a condition of its WHERE, an assignment, or one of its VALUES. */
export interface Given {
  readonly clause: 'where' | 'set' | 'values';
  /** The whole part, name and operator included; for VALUES the value alone. */
  readonly tokens: readonly Token[];
  /** The column's name; null when the part begins with something else. */
  readonly column: string | null;
  /** Operator words and signs, as written, in upper case: `=`, `IN`, `IS NOT`. */
  readonly operator: string;
  readonly value: readonly Token[];
}

/** A refused statement taken apart as far as its form allows. It is broken somewhere, so nothing here expects it whole. */
export interface Parts extends RefusedStatement {
  /** What the server said. */
  readonly said: string;
  readonly tokens: readonly Token[];
  /** The token that the server stopped at; undefined where it gave no place, or stopped at the end. */
  readonly stoppedAt: Token | undefined;
  /** The tokens of the table's name, with its keyspace. */
  readonly tableName: readonly Token[];
  /** The keyspace of the table: the named one, else the one in use. */
  readonly home: Keyspace | undefined;
  readonly table: Table | undefined;
  readonly given: readonly Given[];
}

export function partsOf(refused: RefusedStatement): Parts {
  const { statement, error, keyspaces, keyspace } = refused;
  const tokens = tokenize(statement).filter(isSignificant);
  const tableName = tableNameIn(tokens);
  const own = tableName.length === 3 ? nameOf(tableName[0]) : keyspace;
  const home = keyspaces.find(({ name }) => name === own);
  const table = home?.tables.find(({ name }) => name === nameOf(tableName.at(-1)));
  const said = error.detail ?? error.message;
  const stoppedAt = tokenAt(statement, tokens, error.position);
  return { ...refused, said, tokens, stoppedAt, tableName, home, table, given: givenIn(tokens) };
}

/** The name that a token stands for; undefined for anything but a name. */
export function nameOf(token: Token | undefined): string | undefined {
  if (token?.kind !== 'word' && token?.kind !== 'quoted') return undefined;
  return unquoteIdentifier(token.text);
}

/** True for one of these words, unquoted. */
export function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text.toUpperCase());
}

export function isSymbol(token: Token | undefined, ...symbols: readonly string[]): boolean {
  return token?.kind === 'operator' && symbols.includes(token.text);
}

/** Where these words follow one another; -1 where they do not. */
export function wordsAt(tokens: readonly Token[], ...words: readonly string[]): number {
  return tokens.findIndex((_, at) => words.every((word, index) => isWord(tokens[at + index], word)));
}

/** A table's name follows these words; TABLE itself may be left out of TRUNCATE. */
const BEFORE_TABLE = ['FROM', 'INTO', 'UPDATE', 'TABLE'];

function tableNameIn(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex(
    (token, index) => isWord(token, ...BEFORE_TABLE) && nameOf(tokens[index + 1]) !== undefined,
  );
  if (at < 0) return [];
  const isQualified = isSymbol(tokens[at + 2], '.') && nameOf(tokens[at + 3]) !== undefined;
  return tokens.slice(at + 1, at + (isQualified ? 4 : 2));
}

/** Cassandra counts lines from 1 and columns from 0; `line 0:-1`, the end of the statement, comes without a position. */
function tokenAt(statement: string, tokens: readonly Token[], position: RefusedStatement['error']['position']) {
  if (position === undefined) return undefined;
  let offset = 0;
  for (let line = 1; line < position.line; line++) {
    const end = statement.indexOf('\n', offset);
    if (end < 0) return undefined;
    offset = end + 1;
  }
  const at = offset + position.column;
  return tokens.find(({ end }) => at < end);
}

const AFTER_WHERE = ['GROUP', 'ORDER', 'LIMIT', 'PER', 'ALLOW', 'IF', 'USING', 'OFFSET'];

function givenIn(tokens: readonly Token[]): Given[] {
  const where = tokens.findIndex((token) => isWord(token, 'WHERE'));
  const set = tokens.findIndex((token) => isWord(token, 'SET'));
  const assigned = isWord(tokens[0], 'UPDATE') && set > 0 ? tokens.slice(set + 1, where < 0 ? undefined : where) : [];
  const end = tokens.findIndex((token, at) => at > where && isWord(token, ...AFTER_WHERE));
  const conditions = where < 0 ? [] : tokens.slice(where + 1, end < 0 ? undefined : end);
  return [
    ...split(assigned, isComma).map((part) => givenOf('set', part)),
    ...split(conditions, isJunction).map((part) => givenOf('where', part)),
    ...valuesIn(tokens),
  ];
}

const isComma = (token: Token) => isSymbol(token, ',');

/** The AND of a BETWEEN joins nothing. */
function isJunction(token: Token, part: readonly Token[]): boolean {
  const isOfBetween = part.some((one) => isWord(one, 'BETWEEN')) && !part.some((one) => isWord(one, 'AND'));
  return isWord(token, 'OR') || (isWord(token, 'AND') && !isOfBetween);
}

function split(tokens: readonly Token[], isBetween: (token: Token, part: readonly Token[]) => boolean): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isSymbol(token, '(', '[', '{')) depth++;
    if (isSymbol(token, ')', ']', '}')) depth--;
    const part = parts.at(-1) ?? [];
    if (depth === 0 && isBetween(token, part)) parts.push([]);
    else part.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

const OPERATOR_WORDS = ['LIKE', 'IN', 'BETWEEN', 'CONTAINS', 'KEY', 'IS', 'NOT'];

function givenOf(clause: Given['clause'], tokens: readonly Token[]): Given {
  const column = nameOf(tokens[0]) ?? null;
  let end = 1;
  while (isSymbol(tokens[end], '=', '<', '>', '<=', '>=', '!=') || isWord(tokens[end], ...OPERATOR_WORDS)) end++;
  const operator = tokens.slice(1, end).map(({ kind, text }) => (kind === 'word' ? ` ${text.toUpperCase()}` : text));
  return { clause, tokens, column, operator: operator.join('').trim(), value: tokens.slice(end) };
}

/** The values of an INSERT, each with the column in its place. */
function valuesIn(tokens: readonly Token[]): Given[] {
  const at = tokens.findIndex((token) => isWord(token, 'VALUES'));
  if (at < 0 || !isWord(tokens[0], 'INSERT')) return [];
  const first = tokens.findIndex((token) => isSymbol(token, '('));
  const names = first < at ? bracketed(tokens, first) : [];
  const columns = split(names, isComma).map(([name]) => nameOf(name) ?? null);
  return split(bracketed(tokens, at + 1), isComma).map((value, index): Given => {
    return { clause: 'values', tokens: value, column: columns[index] ?? null, operator: '=', value };
  });
}

/** What is inside the bracket at `at`, closed or not. */
function bracketed(tokens: readonly Token[], at: number): readonly Token[] {
  if (!isSymbol(tokens[at], '(')) return [];
  let depth = 0;
  for (let index = at; index < tokens.length; index++) {
    if (isSymbol(tokens[index], '(')) depth++;
    if (isSymbol(tokens[index], ')')) depth--;
    if (depth === 0) return tokens.slice(at + 1, index);
  }
  return tokens.slice(at + 1);
}
