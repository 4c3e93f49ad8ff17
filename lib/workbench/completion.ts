import type { Keyspace, Table } from '@/lib/contract/schema';
import { FUNCTIONS, KEYWORDS, OPENING_KEYWORDS, wordsOf } from '@/lib/cql/cql-words';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { isSignificant, type Token, tokenize } from '@/lib/cql/lexer';
import { statementAt } from '@/lib/cql/splitter';
import { condition, conditional } from './completion-conditions';
import { ddlOptions } from './completion-ddl';
import type { CompletionKnowledge, Context } from './completion-knowledge';
import { columnsHere, fieldsOf, keyspacesOf, keywords, tablesOf, typesOf } from './completion-names';
import {
  expectsTable,
  innerStatement,
  isSign,
  lastWord,
  nameOf,
  partsAfter,
  tableIn,
  wordOf,
} from './completion-place';
import { AFTER_FROM, limited, ordered, selected } from './completion-reads';
import { assigned, deleted, inserted, using } from './completion-writes';
import type { Suggestion } from './suggestion';

export interface Suggestions {
  /** Where the word before the cursor starts; the choice replaces it. */
  readonly from: number;
  /** Where the choice ends what it replaces, if that is after the cursor: the closing quote that the editor has written. */
  readonly to?: number;
  /** Whether a statement begins here. */
  readonly isOpening?: boolean;
  /** Best first. */
  readonly options: readonly Suggestion[];
}

/**
 * What can be written at `offset` of `text`, best first: names of the schema where they belong, the operators that a column
 * can serve, options with their values. Null inside strings and comments. Its work is that of one statement.
 */
export function suggest(text: string, offset: number, knowledge: CompletionKnowledge): Suggestions | null {
  const statement = statementAt(text, offset);
  const begin = statement === undefined || statement.start > offset ? offset : statement.start;
  const own = statement !== undefined && offset <= statement.end ? statement.text : text.slice(begin, offset);
  const before = tokenize(text.slice(begin, offset));
  const last = before.at(-1);
  const isString = last?.kind === 'error' && last.text.startsWith("'");
  if (last !== undefined && isInsideText(last) && !isString) return null;
  const word = last !== undefined && (last.kind === 'word' || last.kind === 'error') ? last : undefined;
  const lead = (word === undefined ? before : before.slice(0, -1)).filter(isSignificant);
  const from = word === undefined ? offset : begin + word.start;
  const inner = afterLast(lead);
  const found = optionsAt(inner, tokenize(own).filter(isSignificant), knowledge);
  // In a string only what is written in quotes belongs: the names and values of options.
  const options = isString ? found.filter((option) => option.text.startsWith("'")) : found;
  if (options.length === 0) return null;
  const isClosed = isString && text[offset] === "'";
  return { from, ...(isClosed ? { to: offset + 1 } : {}), ...(inner.length === 0 ? { isOpening: true } : {}), options };
}

/** What follows a `;` is another statement; inside a batch it is one of its own. */
function afterLast(lead: readonly Token[]): readonly Token[] {
  if (wordOf(lead[0]) === 'BEGIN') return lead;
  return lead.slice(lead.findLastIndex((token) => isSign(token, ';')) + 1);
}

/** Strings, numbers and comments get no suggestions; a name without its closing `"` counts as a word being typed. */
function isInsideText(token: Token): boolean {
  if (token.kind === 'error') return !token.text.startsWith('"');
  return token.kind === 'comment' || token.kind === 'string' || token.kind === 'number' || token.kind === 'uuid';
}

function optionsAt(lead: readonly Token[], all: readonly Token[], knowledge: CompletionKnowledge): Suggestion[] {
  const { schema, keyspace } = knowledge;
  const written = innerStatement(lead, all);
  if (lead.length === 0) return keywords(OPENING_KEYWORDS);
  if (written.lead.length === 0) return keywords(['INSERT INTO', 'UPDATE', 'DELETE FROM', 'APPLY BATCH']);
  const chosen = schema.keyspaces.find(({ name }) => name === keyspace);
  const home = tableIn(written.all, schema.keyspaces, keyspace);
  const context = { ...knowledge, ...written, verb: wordOf(written.lead[0]), chosen, home };
  if (isSign(written.lead.at(-1), '.')) return afterDot(context);
  const types = () => typesOf(context);
  const ddl = ddlOptions({ ...written, keyspaces: schema.keyspaces, used: chosen, release: knowledge.release, types });
  return ddl ?? namesAt(context) ?? clauseAt(context) ?? anything(context);
}

/** Keyspaces and tables, where one is named next. */
function namesAt({ lead, schema, chosen, all, verb }: Context): Suggestion[] | null {
  const at = lead.findLastIndex((token) => !['IF', 'NOT', 'EXISTS'].includes(wordOf(token)));
  const word = wordOf(lead[at]);
  if (word === 'KEYSPACE' || word === 'USE') return keyspacesOf(schema.keyspaces);
  if (!expectsTable(lead)) return null;
  const tables = tablesOf(chosen);
  return verb === 'SELECT'
    ? [...withColumns(all, chosen, tables), ...keyspacesOf(schema.keyspaces)]
    : [...tables, ...keyspacesOf(schema.keyspaces)];
}

/** Tables that have every column of the list come first. */
function withColumns(all: readonly Token[], keyspace: Keyspace | undefined, tables: Suggestion[]): Suggestion[] {
  const from = all.findIndex((token) => wordOf(token) === 'FROM');
  const names = partsAfter(all.slice(0, Math.max(from, 0)), 0).flatMap((part) =>
    part.length === 1 ? (nameOf(part[0]) ?? []) : [],
  );
  const holds = (table: Table | undefined) =>
    names.every((name) => table?.columns.some((column) => column.name === name));
  const fits = tables.map((_, index) => holds(keyspace?.tables[index]));
  return [...tables.filter((_, index) => fits[index]), ...tables.filter((_, index) => !fits[index])];
}

/** After a keyspace its tables and types; after a column of a user-defined type its fields. */
function afterDot({ lead, schema, chosen, home, verb }: Context): Suggestion[] {
  const name = nameOf(lead.at(-2));
  if (name === undefined) return [];
  const fields = fieldsOf(home, name);
  if (!expectsTable(lead.slice(0, -2)) && fields.length > 0) return fields;
  const keyspace = schema.keyspaces.find((one) => one.name === name);
  const isDeclared = verb === 'CREATE' || verb === 'ALTER';
  const types = (keyspace?.types ?? []).map(
    (type): Suggestion => ({ text: quoteIdentifier(type.name), kind: 'type', detail: 'type' }),
  );
  const declared = isDeclared && !expectsTable(lead.slice(0, -2)) && keyspace === chosen ? types : [];
  return [...declared, ...tablesOf(keyspace), ...(declared.length > 0 ? [] : types)];
}

const CLAUSES: Readonly<Record<string, ReadonlySet<string>>> = {
  SELECT: new Set('SELECT FROM WHERE ORDER GROUP LIMIT PER ALLOW'.split(' ')),
  INSERT: new Set('INTO VALUES JSON IF USING'.split(' ')),
  UPDATE: new Set('UPDATE USING SET WHERE IF'.split(' ')),
  DELETE: new Set('DELETE FROM USING WHERE IF'.split(' ')),
};

/** What belongs into the clause at the cursor; null where the statement or the clause is not known. */
function clauseAt(context: Context): Suggestion[] | null {
  const { lead, verb } = context;
  const words = CLAUSES[verb];
  if (words === undefined) return null;
  const at = lastWord(lead, words);
  switch (wordOf(lead[at])) {
    case 'SELECT':
      return selected(context, at);
    case 'DELETE':
      return deleted(context, at);
    case 'FROM':
      return keywords(verb === 'SELECT' ? AFTER_FROM : ['WHERE', 'USING TIMESTAMP']);
    case 'WHERE':
      return condition(context, at);
    case 'ORDER':
    case 'GROUP':
      return ordered(context, at);
    case 'INTO':
    case 'VALUES':
      return inserted(context, at);
    case 'UPDATE':
      return keywords(['SET', 'USING TTL', 'USING TIMESTAMP']);
    case 'SET':
      return assigned(context, at);
    case 'USING':
      return using(context, at);
    case 'IF':
      return conditional(context, at);
    case 'LIMIT':
    case 'PER':
      return limited(lead, at);
    default:
      return [];
  }
}

/** Where the statement is none that is known here. */
function anything(context: Context): Suggestion[] {
  return [
    ...(context.home === undefined ? [] : columnsHere(context)),
    ...keywords(wordsOf(KEYWORDS, context.release)),
    ...wordsOf(FUNCTIONS, context.release).map((text): Suggestion => ({ text, kind: 'function' })),
    ...typesOf(context),
  ];
}
