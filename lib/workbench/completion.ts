import { FUNCTIONS, KEYWORDS, OPENING_KEYWORDS, TYPE_NAMES, wordsOf } from '@/lib/cql/cql-words';
import { quoteIdentifier, unquoteIdentifier } from '@/lib/cql/identifiers';
import { isSignificant, type Token, tokenize } from '@/lib/cql/lexer';
import { statementAt } from '@/lib/cql/splitter';

/** The names of a cluster, as far as completion needs them. */
export interface SchemaNames {
  readonly keyspaces: readonly KeyspaceNames[];
}
interface KeyspaceNames {
  readonly name: string;
  readonly tables: readonly { readonly name: string; readonly columns: readonly ColumnName[] }[];
  readonly types: readonly { readonly name: string }[];
}
interface ColumnName {
  readonly name: string;
  readonly type: string;
}

/** What completion knows at the moment; the schema may arrive or change after the editor has loaded. */
export interface CompletionKnowledge {
  readonly schema: SchemaNames;
  /** The one in use. */
  readonly keyspace: string | undefined;
  /** The cluster's release: what it does not support is not offered. Null while it is unknown. */
  readonly release: string | null;
}

export type SuggestionKind = 'keyspace' | 'table' | 'column' | 'type' | 'function' | 'keyword';

export interface Suggestion {
  /** What is inserted, quoted where necessary. */
  readonly text: string;
  readonly kind: SuggestionKind;
  readonly detail?: string;
}

export interface Suggestions {
  /** Where the word before the cursor starts; the choice replaces it. */
  readonly from: number;
  readonly options: readonly Suggestion[];
}

/** What comes before the cursor, which decides what can follow. */
type CompletionContext =
  | { at: 'nothing' }
  | { at: 'opening' }
  | { at: 'table_name' }
  | { at: 'in_keyspace'; keyspace: string }
  | { at: 'keyspace_name' }
  | { at: 'elsewhere' };

const TABLE_FOLLOWS: ReadonlySet<string> = new Set(['FROM', 'INTO', 'UPDATE', 'TABLE', 'TRUNCATE', 'ON', 'VIEW']);
const MAY_STAND_BETWEEN: ReadonlySet<string> = new Set(['IF', 'NOT', 'EXISTS']);

/**
 * What can be written at `offset` of `text`: after `FROM` the keyspaces and the tables of the one in use, after `FROM ks.`
 * its tables, elsewhere the columns of the statement's table, functions and keywords. Null inside strings and comments.
 */
export function suggest(text: string, offset: number, knowledge: CompletionKnowledge): Suggestions | null {
  const statement = statementAt(text, offset);
  const begin = statement === undefined || statement.start > offset ? offset : statement.start;
  const own = statement !== undefined && offset <= statement.end ? statement.text : text.slice(begin, offset);
  const before = tokenize(text.slice(begin, offset));
  const last = before.at(-1);
  if (last !== undefined && isInsideText(last)) return null;
  const word = last !== undefined && (last.kind === 'word' || last.kind === 'error') ? last : undefined;
  const lead = (word === undefined ? before : before.slice(0, -1)).filter(isSignificant);
  const from = word === undefined ? offset : begin + word.start;
  const options = optionsAt(placeOf(lead), knowledge, tokenize(own).filter(isSignificant));
  return options.length === 0 ? null : { from, options };
}

/** Strings, numbers and comments get no suggestions; a name without its closing `"` counts as a word being typed. */
function isInsideText(token: Token): boolean {
  if (token.kind === 'error') return !token.text.startsWith('"');
  return token.kind === 'comment' || token.kind === 'string' || token.kind === 'number' || token.kind === 'uuid';
}

function placeOf(lead: readonly Token[]): CompletionContext {
  const last = lead.at(-1);
  if (last === undefined || last.text === ';') return { at: 'opening' };
  if (last.text === '.') return inKeyspace(lead.at(-2));
  const words = lead.map(({ text }) => text.toUpperCase());
  let index = words.length - 1;
  while (index > 0 && MAY_STAND_BETWEEN.has(words[index] ?? '')) index--;
  const word = words[index] ?? '';
  if (word === 'KEYSPACE' || word === 'USE') return { at: 'keyspace_name' };
  if (TABLE_FOLLOWS.has(word) && lead[index]?.kind === 'word') return { at: 'table_name' };
  return { at: 'elsewhere' };
}

function inKeyspace(name: Token | undefined): CompletionContext {
  if (name === undefined || (name.kind !== 'word' && name.kind !== 'quoted')) return { at: 'nothing' };
  return { at: 'in_keyspace', keyspace: unquoteIdentifier(name.text) };
}

function optionsAt(
  place: CompletionContext,
  { schema, keyspace, release }: CompletionKnowledge,
  statement: readonly Token[],
): Suggestion[] {
  const chosen = schema.keyspaces.find(({ name }) => name === keyspace);
  switch (place.at) {
    case 'nothing':
      return [];
    case 'opening':
      return words(OPENING_KEYWORDS, 'keyword');
    case 'keyspace_name':
      return keyspacesOf(schema);
    case 'table_name':
      return [...tablesOf(chosen), ...keyspacesOf(schema)];
    case 'in_keyspace': {
      const named = schema.keyspaces.find(({ name }) => name === place.keyspace);
      return [...tablesOf(named), ...typesOf(named)];
    }
    case 'elsewhere':
      return [
        ...columnsOf(tableNamedIn(statement, schema, keyspace)),
        ...words(wordsOf(KEYWORDS, release), 'keyword'),
        ...words(wordsOf(FUNCTIONS, release), 'function'),
        ...words(wordsOf(TYPE_NAMES, release), 'type'),
        ...typesOf(chosen),
      ];
    default:
      return place satisfies never;
  }
}

/** The columns of the statement's table, wherever it is named: `SELECT … FROM t` names it after the columns. */
function tableNamedIn(statement: readonly Token[], schema: SchemaNames, keyspace: string | undefined) {
  for (const [index, { kind, text }] of statement.entries()) {
    if (kind !== 'word' || !TABLE_FOLLOWS.has(text.toUpperCase())) continue;
    const first = nameOf(statement[index + 1]);
    const second = statement[index + 2]?.text === '.' ? nameOf(statement[index + 3]) : undefined;
    const wanted = second === undefined ? keyspace : first;
    const table = schema.keyspaces
      .find(({ name }) => name === wanted)
      ?.tables.find(({ name }) => name === (second ?? first));
    if (table !== undefined) return table;
  }
  return undefined;
}

function nameOf(token: Token | undefined): string | undefined {
  if (token?.kind !== 'word' && token?.kind !== 'quoted') return undefined;
  return unquoteIdentifier(token.text);
}

function keyspacesOf(schema: SchemaNames): Suggestion[] {
  return schema.keyspaces.map(({ name }) => ({ text: quoteIdentifier(name), kind: 'keyspace' }));
}

function tablesOf(keyspace: KeyspaceNames | undefined): Suggestion[] {
  return (keyspace?.tables ?? []).map(({ name }) => ({ text: quoteIdentifier(name), kind: 'table' }));
}

function typesOf(keyspace: KeyspaceNames | undefined): Suggestion[] {
  return (keyspace?.types ?? []).map(({ name }) => ({ text: quoteIdentifier(name), kind: 'type', detail: 'type' }));
}

function columnsOf(table: { columns: readonly ColumnName[] } | undefined): Suggestion[] {
  return (table?.columns ?? []).map(({ name, type }) => ({
    text: quoteIdentifier(name),
    kind: 'column',
    detail: type,
  }));
}

function words(list: readonly string[], kind: SuggestionKind): Suggestion[] {
  return list.map((text) => ({ text, kind }));
}
