import type { Token } from './lexer';
import { type QualifiedName, TokenReader } from './token-reader';
import { parseRelations, type Relation } from './where-parser';

/** One function call in a selection. */
export interface FunctionCall extends QualifiedName {}

/** The parts of a SELECT that its cost depends on. */
export interface ParsedSelect {
  readonly table: QualifiedName;
  readonly isJson: boolean;
  readonly isDistinct: boolean;
  readonly functions: readonly FunctionCall[];
  readonly relations: readonly Relation[];
  readonly hasGroupBy: boolean;
  /** Columns of ORDER BY; empty without one. */
  readonly orderBy: readonly string[];
  /** ORDER BY column ANN OF vector. */
  readonly annColumn: string | null;
  readonly hasPerPartitionLimit: boolean;
  /** The number after LIMIT; `unknown` for a bind marker or an expression, null without a LIMIT. */
  readonly limit: number | 'unknown' | null;
  readonly allowsFiltering: boolean;
}

const CLAUSES = [['GROUP', 'BY'], ['ORDER', 'BY'], ['PER', 'PARTITION'], ['LIMIT'], ['ALLOW', 'FILTERING']] as const;

function seesClause(reader: TokenReader): boolean {
  return CLAUSES.some((words) => reader.sees(...words));
}

/** JSON and DISTINCT are also names: they are keywords only if a selection follows. */
function takeModifier(reader: TokenReader, word: 'JSON' | 'DISTINCT'): boolean {
  if (!reader.sees(word)) return false;
  const next = reader.peek(1);
  const selects = next?.kind === 'operator' ? next.text === '*' && reader.word(2) === 'FROM' : next !== undefined;
  if (!selects || reader.word(1) === 'FROM' || reader.word(1) === 'AS') return false;
  reader.at++;
  return true;
}

/** The selection up to FROM; undefined if FROM is missing or nothing is selected. */
function takeSelection(reader: TokenReader): readonly Token[] | undefined {
  const from = reader.at;
  while (!reader.sees('FROM')) {
    if (!reader.skipGroup()) return undefined;
  }
  const selection = reader.tokens.slice(from, reader.at);
  reader.at++;
  return selection.length === 0 ? undefined : selection;
}

function functionsIn(selection: readonly Token[]): FunctionCall[] {
  const reader = new TokenReader(selection);
  const calls: FunctionCall[] = [];
  while (!reader.done) {
    const from = reader.at;
    const name = reader.takeQualifiedName();
    if (name !== undefined && reader.seesSymbol('(')) calls.push(name);
    reader.at = from + (name?.keyspace === undefined ? 1 : 3);
  }
  return calls;
}

/** Skips to the next clause. */
function skipToClause(reader: TokenReader): boolean {
  const from = reader.at;
  while (!reader.done && !seesClause(reader)) {
    if (!reader.skipGroup()) return false;
  }
  return reader.at > from;
}

function takeOrderBy(reader: TokenReader): Pick<ParsedSelect, 'orderBy' | 'annColumn'> | undefined {
  const columns: string[] = [];
  do {
    const column = reader.takeName();
    if (column === undefined) return undefined;
    if (reader.takeWords('ANN', 'OF')) return skipToClause(reader) ? { orderBy: [], annColumn: column } : undefined;
    if (!reader.takeWords('ASC')) reader.takeWords('DESC');
    columns.push(column);
  } while (reader.takeSymbol(','));
  return { orderBy: columns, annColumn: null };
}

function takeLimit(reader: TokenReader): ParsedSelect['limit'] | undefined {
  const from = reader.at;
  if (!skipToClause(reader)) return undefined;
  const token = reader.tokens[from];
  return reader.at === from + 1 && token?.kind === 'number' && /^\d+$/.test(token.text)
    ? Number(token.text)
    : 'unknown';
}

type Clauses = Omit<ParsedSelect, 'table' | 'isJson' | 'isDistinct' | 'functions' | 'relations'>;

/** The clauses after WHERE, in the grammar's fixed order. */
function takeClauses(reader: TokenReader): Clauses | undefined {
  const hasGroupBy = reader.takeWords('GROUP', 'BY');
  if (hasGroupBy && !skipToClause(reader)) return undefined;
  const order = reader.takeWords('ORDER', 'BY') ? takeOrderBy(reader) : { orderBy: [], annColumn: null };
  if (order === undefined) return undefined;
  const hasPerPartitionLimit = reader.takeWords('PER', 'PARTITION', 'LIMIT');
  if (hasPerPartitionLimit && takeLimit(reader) === undefined) return undefined;
  const limit = reader.takeWords('LIMIT') ? takeLimit(reader) : null;
  if (limit === undefined) return undefined;
  const allowsFiltering = reader.takeWords('ALLOW', 'FILTERING');
  return { hasGroupBy, ...order, hasPerPartitionLimit, limit, allowsFiltering };
}

function takeRelations(reader: TokenReader): readonly Relation[] | undefined {
  const from = reader.at;
  if (!skipToClause(reader)) return undefined;
  return parseRelations(reader.tokens.slice(from, reader.at));
}

/** Parses a SELECT without its `;`. Undefined unless it understands every token. */
export function parseSelect(statement: string | readonly Token[]): ParsedSelect | undefined {
  const reader = new TokenReader(statement);
  if (!reader.takeWords('SELECT')) return undefined;
  const isJson = takeModifier(reader, 'JSON');
  const isDistinct = takeModifier(reader, 'DISTINCT');
  const selection = takeSelection(reader);
  const table = selection && reader.takeQualifiedName();
  if (selection === undefined || table === undefined) return undefined;
  const relations = reader.takeWords('WHERE') ? takeRelations(reader) : [];
  const clauses = relations && takeClauses(reader);
  if (relations === undefined || clauses === undefined || !reader.done) return undefined;
  return { table, isJson, isDistinct, functions: functionsIn(selection), relations, ...clauses };
}
