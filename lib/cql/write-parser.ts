import type { TextRange } from './help/help';
import { unquoteIdentifier } from './identifiers';
import type { Token } from './lexer';
import { type QualifiedName, TokenReader } from './token-reader';
import { literalOf, parseRelations, type Relation } from './where-parser';

/** A column that a write names: one of INSERT's list, of SET, or of what DELETE removes. */
export interface NamedColumn {
  readonly name: string;
  readonly token: Token;
  /** SET: `c = c + …` or `c += …`, which a counter needs. */
  readonly isIncrement: boolean;
  /** INSERT: its value as written; null where the text does not say what it is. */
  readonly literal: string | null;
}

/** The parts of an INSERT, UPDATE or DELETE that say what it touches. */
export interface ParsedWrite {
  readonly verb: 'insert' | 'update' | 'delete';
  readonly table: QualifiedName;
  readonly tableRange: TextRange;
  readonly columns: readonly NamedColumn[];
  /** Empty for an INSERT. */
  readonly relations: readonly Relation[];
  /** WHERE to the end of the last condition, or the list of an INSERT's columns; null without one. */
  readonly keyRange: TextRange | null;
  readonly isConditional: boolean;
  /** Offset after its last token. */
  readonly end: number;
  /** INSERT … JSON of a parameter: which columns it has is not in the text. */
  readonly hasHiddenColumns: boolean;
}

/** Parses one INSERT, UPDATE or DELETE without its `;`. Undefined unless it understands what matters. */
export function parseWrite(tokens: readonly Token[]): ParsedWrite | undefined {
  const reader = new TokenReader(tokens);
  if (reader.takeWords('INSERT', 'INTO')) return parseInsert(reader);
  if (reader.takeWords('UPDATE')) return parseUpdate(reader);
  return reader.takeWords('DELETE') ? parseDelete(reader) : undefined;
}

function takeTable(reader: TokenReader): Pick<ParsedWrite, 'table' | 'tableRange'> | undefined {
  const first = reader.peek();
  const table = reader.takeQualifiedName();
  const last = reader.tokens[reader.at - 1];
  if (first === undefined || table === undefined || last === undefined) return undefined;
  return { table, tableRange: { from: first.start, to: last.end } };
}

function endOf(reader: TokenReader): number {
  return reader.tokens.at(-1)?.end ?? 0;
}

/** The tokens up to one of these words outside brackets, or to the end. Undefined at a bracket that is not closed. */
function takeUntil(reader: TokenReader, ...words: readonly string[]): readonly Token[] | undefined {
  const from = reader.at;
  while (!reader.done && !words.some((word) => reader.sees(word))) {
    if (!reader.skipGroup()) return undefined;
  }
  return reader.tokens.slice(from, reader.at);
}

/** The parts between commas outside brackets. */
function splitByComma(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const reader = new TokenReader(tokens);
  const parts: (readonly Token[])[] = [];
  let from = 0;
  while (!reader.done) {
    if (reader.seesSymbol(',')) {
      parts.push(reader.tokens.slice(from, reader.at));
      from = reader.at + 1;
      reader.at++;
    } else if (!reader.skipGroup()) reader.at++;
  }
  parts.push(reader.tokens.slice(from));
  return parts;
}

/** The tokens inside the bracket that comes next. */
function takeBracket(reader: TokenReader): readonly Token[] | undefined {
  const from = reader.at;
  return reader.seesSymbol('(') && reader.skipGroup() ? reader.tokens.slice(from + 1, reader.at - 1) : undefined;
}

function namedColumn(part: readonly Token[], literal: string | null = null): NamedColumn | undefined {
  const [token, next] = part;
  if (token === undefined || (token.kind !== 'word' && token.kind !== 'quoted')) return undefined;
  const isOwn = (other: Token | undefined) =>
    (other?.kind === 'word' || other?.kind === 'quoted') &&
    unquoteIdentifier(other.text) === unquoteIdentifier(token.text);
  const isIncrement = next?.text === '+=' || next?.text === '-=' || part.slice(2).some(isOwn);
  return { name: unquoteIdentifier(token.text), token, isIncrement, literal };
}

function all<T>(found: readonly (T | undefined)[]): readonly T[] | undefined {
  const known = found.flatMap((one) => (one === undefined ? [] : [one]));
  return known.length === found.length ? known : undefined;
}

function parseInsert(reader: TokenReader): ParsedWrite | undefined {
  const table = takeTable(reader);
  if (table === undefined) return undefined;
  const insert = { verb: 'insert', ...table, relations: [], end: endOf(reader) } as const;
  if (reader.takeWords('JSON')) return parseJson(reader, insert);
  const open = reader.peek();
  const names = takeBracket(reader);
  const close = reader.tokens[reader.at - 1];
  const values = reader.takeWords('VALUES') ? takeBracket(reader) : undefined;
  if (names === undefined || values === undefined || open === undefined || close === undefined) return undefined;
  const given = splitByComma(values);
  const columns = all(splitByComma(names).map((part, at) => namedColumn(part, literalOf(given[at] ?? []))));
  if (columns === undefined || given.length !== columns.length) return undefined;
  const isConditional = reader.takeWords('IF', 'NOT', 'EXISTS');
  const keyRange = { from: open.start, to: close.end };
  return { ...insert, columns, keyRange, isConditional, hasHiddenColumns: false };
}

type InsertStart = Pick<ParsedWrite, 'table' | 'tableRange' | 'relations' | 'end'> & { readonly verb: 'insert' };

function parseJson(reader: TokenReader, insert: InsertStart): ParsedWrite | undefined {
  const token = reader.peek();
  if (token?.kind !== 'string' && token?.kind !== 'bind') return undefined;
  reader.at++;
  if (reader.takeWords('DEFAULT')) reader.at++;
  const isConditional = reader.takeWords('IF', 'NOT', 'EXISTS');
  const keyRange = { from: token.start, to: token.end };
  const rest = { ...insert, keyRange, isConditional };
  if (token.kind === 'bind') return { ...rest, columns: [], hasHiddenColumns: true };
  const entries = jsonEntries(token.text);
  if (entries === undefined) return undefined;
  const columns = entries.map(([name, value]) => ({
    name: unquoteIdentifier(name),
    token,
    isIncrement: false,
    literal: JSON.stringify(value),
  }));
  return { ...rest, columns, hasHiddenColumns: false };
}

/** JSON names columns as CQL does: folded unless in quotes of their own (`"\"Day\""`). */
function jsonEntries(text: string): readonly (readonly [string, unknown])[] | undefined {
  const inner = text.startsWith('$$') ? text.slice(2, -2) : text.slice(1, -1).replaceAll("''", "'");
  try {
    const parsed: unknown = JSON.parse(inner);
    const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
    return isObject ? Object.entries(parsed) : undefined;
  } catch {
    // Cassandra refuses it too; its words say where.
    return undefined;
  }
}

/** WHERE, its conditions, and IF. */
function takeWhere(reader: TokenReader): Pick<ParsedWrite, 'relations' | 'keyRange' | 'isConditional'> | undefined {
  const where = reader.peek();
  if (where === undefined) return { relations: [], keyRange: null, isConditional: false };
  if (!reader.takeWords('WHERE')) return undefined;
  const conditions = takeUntil(reader, 'IF');
  const relations = conditions && parseRelations(conditions);
  if (conditions === undefined || relations === undefined) return undefined;
  const keyRange = { from: where.start, to: conditions.at(-1)?.end ?? where.end };
  return { relations, keyRange, isConditional: reader.sees('IF') };
}

function parseUpdate(reader: TokenReader): ParsedWrite | undefined {
  const table = takeTable(reader);
  if (table === undefined || takeUntil(reader, 'SET') === undefined || !reader.takeWords('SET')) return undefined;
  const set = takeUntil(reader, 'WHERE');
  const columns = set && all(splitByComma(set).map((part) => namedColumn(part)));
  const where = takeWhere(reader);
  if (columns === undefined || where === undefined) return undefined;
  return { verb: 'update', ...table, columns, ...where, end: endOf(reader), hasHiddenColumns: false };
}

function parseDelete(reader: TokenReader): ParsedWrite | undefined {
  const removed = takeUntil(reader, 'FROM');
  if (removed === undefined || !reader.takeWords('FROM')) return undefined;
  const table = takeTable(reader);
  const columns = removed.length === 0 ? [] : all(splitByComma(removed).map((part) => namedColumn(part)));
  if (table === undefined || columns === undefined) return undefined;
  if (takeUntil(reader, 'WHERE') === undefined) return undefined;
  const where = takeWhere(reader);
  return where && { verb: 'delete', ...table, columns, ...where, end: endOf(reader), hasHiddenColumns: false };
}
