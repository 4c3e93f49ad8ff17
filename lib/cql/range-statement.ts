import { boundedTokens, parseToken, type TokenBound } from '@/lib/ring/token-bounds';
import { quoteIdentifier } from './identifiers';
import { isSignificant, type Token, tokenize } from './lexer';
import { TokenReader } from './token-reader';

/**
 * A SELECT rewritten to read a token range: `token(key) > ? AND token(key) <= ?` at the start of its WHERE, in place of its
 * own token bounds.
 */
export interface RangeStatement {
  readonly statement: string;
  /** What the statement's own bounds leave, as `from` exclusive and `to` inclusive; the whole ring without any. */
  readonly bounds: { readonly from: bigint; readonly to: bigint };
  /** The values of the new statement's bind markers for a range within the bounds. */
  params(from: bigint, to: bigint): (Uint8Array | null)[];
}

/**
 * Rewrites a SELECT that is splittable by its classification; null if its bounds are not plain numbers, or if it restricts
 * the partition key in another way: it must then be read in one piece.
 * @param params the encoded values of its bind markers; null when it has none
 * @param partitionKey names of the key's columns, in key order
 */
export function rangeStatement(
  statement: string,
  params: readonly (Uint8Array | null)[] | null,
  partitionKey: readonly string[],
): RangeStatement | null {
  const tokens = tokenize(statement).filter(isSignificant);
  const from = fromIndex(tokens);
  const reader = new TokenReader(tokens);
  reader.at = from + 1;
  if (from < 0 || reader.takeQualifiedName() === undefined) return null;
  const table = tokens[reader.at - 1];
  if (table === undefined) return null;
  const where = reader.takeWords('WHERE') ? takeConditions(reader) : [];
  if (where === null) return null;
  const bounds = boundsOf(where, params, tokens);
  const restrictsKey = where.some(({ column }) => column !== null && partitionKey.includes(column));
  if (bounds === null || restrictsKey) return null;
  return rewrite({ statement, params, partitionKey, tokens, where, bounds, tableEnd: table.end });
}

interface Condition {
  /** Its first token, and the one after its last. */
  readonly from: number;
  readonly to: number;
  /** The column on its left; null for `token(…)`, a tuple and anything else that starts with a bracket. */
  readonly column: string | null;
  /** If it bounds the token: the operator and the single token on its right. */
  readonly bound: { readonly operator: string; readonly value: Token } | null;
}

/** The FROM that ends the selection: brackets cannot contain one, and a column of that name is quoted. */
function fromIndex(tokens: readonly Token[]): number {
  const reader = new TokenReader(tokens);
  while (!reader.sees('FROM')) if (!reader.skipGroup()) return -1;
  return reader.at;
}

const CLAUSES = [['GROUP', 'BY'], ['ORDER', 'BY'], ['PER', 'PARTITION'], ['LIMIT'], ['ALLOW', 'FILTERING']] as const;

function endsCondition(reader: TokenReader): boolean {
  return reader.done || reader.sees('AND') || CLAUSES.some((words) => reader.sees(...words));
}

/** The conditions of a WHERE; null if one of them is not understood. */
function takeConditions(reader: TokenReader): Condition[] | null {
  const conditions: Condition[] = [];
  do {
    const from = reader.at;
    const left = takeLeft(reader);
    if (left === null || !skipToEnd(reader)) return null;
    const bound = left.isToken ? boundOf(reader.tokens.slice(left.end, reader.at)) : null;
    if (left.isToken && bound === null) return null;
    conditions.push({ from, to: reader.at, column: left.column, bound });
  } while (reader.takeWords('AND'));
  return conditions;
}

function takeLeft(reader: TokenReader): { column: string | null; isToken: boolean; end: number } | null {
  const isToken = reader.sees('TOKEN') && reader.seesSymbol('(', 1);
  if (isToken) reader.at++;
  if (!isToken && !reader.seesSymbol('(')) {
    const column = reader.takeName();
    return column === undefined ? null : { column, isToken, end: reader.at };
  }
  const from = reader.at;
  if (!reader.skipGroup()) return null;
  const inside = reader.tokens.slice(from + 1, reader.at - 1);
  // A condition in brackets, such as `(token(k) > 5)`: the server accepts it, but nobody writes it.
  const isPlain = inside.every(({ kind, text }) => kind === 'word' || kind === 'quoted' || text === ',');
  return isPlain ? { column: null, isToken, end: reader.at } : null;
}

/** To the end of the condition; the AND of a BETWEEN belongs to it. */
function skipToEnd(reader: TokenReader): boolean {
  let betweens = 0;
  while (!endsCondition(reader) || (betweens > 0 && reader.sees('AND'))) {
    if (reader.sees('BETWEEN')) betweens++;
    else if (reader.sees('AND')) betweens--;
    if (!reader.skipGroup()) return false;
  }
  return true;
}

const BOUNDS = ['>', '>=', '<', '<=', '='];

function boundOf([operator, value, ...more]: readonly Token[]): Condition['bound'] {
  if (operator === undefined || value === undefined || more.length > 0) return null;
  return BOUNDS.includes(operator.text) ? { operator: operator.text, value } : null;
}

function boundsOf(
  where: readonly Condition[],
  params: readonly (Uint8Array | null)[] | null,
  tokens: readonly Token[],
): RangeStatement['bounds'] | null {
  const found: TokenBound[] = [];
  const markers = new Map(tokens.filter(({ kind }) => kind === 'bind').map((token, index) => [token, index]));
  for (const { bound } of where) {
    if (bound === null) continue;
    const token = tokenValue(bound.value, params, markers);
    if (token === null) return null;
    found.push({ operator: bound.operator, token });
  }
  return boundedTokens(found);
}

function tokenValue(
  value: Token,
  params: readonly (Uint8Array | null)[] | null,
  markers: ReadonlyMap<Token, number>,
): bigint | null {
  if (value.kind === 'number') return parseToken(value.text);
  const marker = markers.get(value);
  const bytes = marker === undefined ? undefined : params?.[marker];
  return bytes?.length === 8 ? new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0) : null;
}

interface Rewriting {
  readonly statement: string;
  readonly params: readonly (Uint8Array | null)[] | null;
  readonly partitionKey: readonly string[];
  readonly tokens: readonly Token[];
  readonly where: readonly Condition[];
  readonly bounds: RangeStatement['bounds'];
  /** After the table's name. */
  readonly tableEnd: number;
}

function rewrite({ statement, params, partitionKey, tokens, where, bounds, tableEnd }: Rewriting): RangeStatement {
  const binds = tokens.filter(({ kind }) => kind === 'bind');
  const before = binds.filter(({ end }) => end <= tableEnd).length;
  const dropped = new Set(where.flatMap(({ bound }) => (bound === null ? [] : [bound.value])));
  const kept = (params ?? []).filter((_, index) => binds[index] === undefined || !dropped.has(binds[index]));
  // Either all markers of a statement are named, or none.
  const isNamed = binds.some(({ text }) => text !== '?');
  const key = `token(${partitionKey.map(quoteIdentifier).join(', ')})`;
  const range = isNamed ? `${key} > :ringside_from AND ${key} <= :ringside_to` : `${key} > ? AND ${key} <= ?`;
  const pieceOf = ({ from, to }: Condition) => statement.slice(tokens[from]?.start, tokens[to - 1]?.end);
  const conditions = [range, ...where.filter(({ bound }) => bound === null).map(pieceOf)].join(' AND ');
  const restStart = tokens[(where.at(-1)?.to ?? 0) - 1]?.end ?? tableEnd;
  return {
    statement: `${statement.slice(0, tableEnd)} WHERE ${conditions}${statement.slice(restStart)}`,
    bounds,
    params: (from, to) => [...kept.slice(0, before), tokenBytes(from), tokenBytes(to), ...kept.slice(before)],
  };
}

function tokenBytes(token: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, token);
  return bytes;
}
